"""Test that `check_index` reports and repairs all differences."""

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from search.index.consistency import check_index
from search.index.documents import DocId, build_documents
from search.index.engines import current_engine
from search.models import PendingIndexUpdate
from tests.kept import kept
from tests.search.conftest import bring_up_to_date, into
from tests.search.engine_documents import document

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]

ITEMS = [(f"研究第{place}条道路养护事宜", "会议听取了市交通局的汇报。") for place in range(1, 9)]


@kept
def archive(folder):
    take_in = into(folder)
    for number in range(1, 11):
        take_in(number, *ITEMS)
    bring_up_to_date()


def test_an_index_that_follows_the_records_is_right(archive, capsys):
    call_command("check_index")
    assert capsys.readouterr().out == "The index matches the records.\n"


def test_missing_ghost_and_stale_documents_are_found_and_repaired_exactly(archive, capsys):
    true = list(build_documents())
    missing, stale = true[3:63:3], true[4:64:3]
    ghosts = [document(10_000 + place, "道路养护", meeting=1 + place % 15) for place in range(20)]
    kept = [each for each in true if each not in missing and each not in stale]
    altered = [replace(each, organizations=((99, "lead"),)) for each in stale[:10]]
    altered += [replace(each, texts=(*each.texts, "另一行")) for each in stale[10:]]
    current_engine().replace_all([*kept, *altered, *ghosts])
    check = check_index()
    assert check.missing == {each.key for each in missing}
    assert check.stale == {each.key for each in stale}
    assert check.ghosts == {each.key for each in ghosts}
    with pytest.raises(CommandError, match="check_index --repair"):
        call_command("check_index")
    assert "20 missing, 20 ghost and 20 stale documents" in capsys.readouterr().out
    call_command("check_index", "--repair")
    assert check_index().is_right
    assert current_engine().contents().keys() == {each.key for each in true}


def test_a_meeting_that_was_changed_unseen_is_stale_or_a_ghost(archive, take_in):
    from minutes.models import Meeting

    Meeting.objects.filter(number=1).update(status="withdrawn")
    Meeting.objects.get(number=2).items.filter(position=1).update(title="研究桥梁检测事宜")
    check = check_index()
    assert len(check.ghosts) == len(ITEMS) + 1
    assert check.stale == {DocId(Meeting.objects.get(number=2).items.get(position=1).pk)}


def test_changes_that_wait_for_the_worker_are_told(archive, take_in, capsys):
    take_in(77, *ITEMS)
    with pytest.raises(CommandError):
        call_command("check_index")
    assert "1 changed meetings still wait for the worker" in capsys.readouterr().out
    assert PendingIndexUpdate.objects.exists()


def test_an_index_that_cannot_be_read_says_what_to_do(db):
    with pytest.raises(CommandError, match=r"manage\.py index"):
        call_command("check_index")
