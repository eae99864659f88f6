"""Test suggestions while typing, and spelling corrections."""

import pytest

from minutes.models import MeetingStatus, Person
from search.index.engines.base import SearchUnavailable
from search.query.params import new_search
from search.suggestions.candidates import MOST_OF_A_KIND, Suggestion, suggest
from search.suggestions.spelling import nearby_spellings
from tests.kept import kept
from tests.search.conftest import bring_up_to_date, into

pytestmark = pytest.mark.django_db

SAFETY = (
    "审议《云川市安全生产管理办法（草案）》",
    "原则同意《云川市安全生产管理办法》（以下简称《安管办法》），由市发改委牵头，继续抓好安全生产和安全检查。",
)
HOUSING = ("研究老旧小区改造事宜", "会议听取了老旧小区改造情况的汇报。")


@kept
def archive(folder):
    take_in = into(folder)
    meetings = [take_in(31, SAFETY, HOUSING), take_in(32, HOUSING)]
    bring_up_to_date()
    return meetings


def suggested(typed: str, kind: str) -> list[str]:
    return [suggestion.text for suggestion in suggest(typed).get(kind, [])]


def test_units_people_documents_meetings_and_words_are_suggested(archive):
    assert suggested("发改", "organization") == ["市发改委"]
    assert suggested("季", "person") == ["季敏（市教育局）"]
    assert suggested("安全生产", "document") == ["云川市安全生产管理办法"]
    assert suggested("第31次", "meeting") == ["云川市人民政府第31次常务会议（2019-05-06）"]
    assert "老旧小区" in suggested("老旧", "word")
    assert suggest("季敏")["person"][0] == Suggestion("person", "季敏（市教育局）", Person.objects.get(name="季敏").pk)


def test_other_names_suggest_the_record(archive):
    assert suggested("市发展和改革", "organization") == ["市发改委"]
    assert suggested("安管", "document") == ["云川市安全生产管理办法"]


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("anquan", "word", "安全"),
        ("an quan", "word", "安全"),
        ("aq", "word", "安全"),
        ("fagaiwei", "organization", "市发改委"),
        ("jimin", "person", "季敏（市教育局）"),
        ("ANQUAN", "word", "安全"),
    ],
)
def test_what_is_typed_by_its_sound_suggests_the_word(archive, typed, kind, text):
    assert text in suggested(typed, kind)


def test_a_sound_begins_with_a_syllable(archive):
    assert suggested("nquan", "word") == []


def test_what_begins_so_comes_before_what_only_holds_it_and_the_list_is_short(archive):
    assert suggested("安全", "word")[0] == "安全"
    assert all(len(suggestions) <= MOST_OF_A_KIND for suggestions in suggest("市").values())


def test_nothing_of_a_draft_or_a_withdrawn_meeting_is_suggested(archive, take_in, index):
    take_in(77, ("研究内部事项", "由市水利局牵头。"), publish=False)
    archive[0].status = MeetingStatus.WITHDRAWN
    archive[0].save()
    index("--rebuild")
    assert suggest("水利局") == {}
    assert suggested("安全生产", "document") == []
    assert suggested("发改", "organization") == []


@pytest.mark.parametrize("typed", ["", "  ", "查无此事", "zzz", "%", "_", "x" * 5000])
def test_what_suggests_nothing_is_no_mistake(archive, typed):
    assert suggest(typed) == {}


def test_without_an_index_nothing_is_suggested(db):
    with pytest.raises(SearchUnavailable):
        suggest("安全")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("老旧小曲", "老旧小区"),
        ("按全", "安全"),
        ("anquan", "安全"),
        ("市发政委", "市发改委"),
        ("李敏", "季敏"),
        ("云川市安全生产管里方法", "云川市安全生产管理办法"),
    ],
)
def test_a_mistyped_word_is_told_what_stands_near(archive, typed, meant):
    assert meant in nearby_spellings(new_search(typed))[typed]


def test_one_mistyped_word_among_others_is_told_with_them(archive):
    assert "安全管理" in nearby_spellings(new_search("按全管理"))["按全管理"]


def test_only_words_that_stand_nowhere_are_told_and_only_of_what_stands_somewhere(archive):
    assert nearby_spellings(new_search("安全 -老旧小曲 改造")) == {}
    assert nearby_spellings(new_search("")) == {}
    assert nearby_spellings(new_search("龘龘")) == {}
