"""What an update writes: the base stays the same file until the changes are a large share of it."""

import random

import pytest

from search.index.engines.base import SearchRequest, Sort
from search.index.engines.whoosh import segments
from search.index.engines.whoosh.engine import WhooshEngine
from search.query import parse_query
from tests.search.engine_documents import document

pytestmark = pytest.mark.thorough

FILES = {"base/rows.npy", "base/rows.json", "base/text.bin", "base/title.bin", "base/document.bin", "base/task.bin"}


@pytest.fixture
def engine(tmp_path) -> WhooshEngine:
    engine = WhooshEngine(tmp_path)
    engine.replace_all([document(pk, f"道路{pk}") for pk in range(1, 41)])
    return engine


def files_of(engine: WhooshEngine, number: int) -> dict[str, int]:
    """Return the inode of each file of rows and texts of a generation."""
    folder = engine._store.folder / f"{number:08d}"
    return {
        str(path.relative_to(folder)): path.stat().st_ino
        for path in folder.rglob("*")
        if path.parent.name in ("base", "delta")
    }


def found(engine: WhooshEngine, query: str) -> list[int]:
    answer = engine.search(SearchRequest(parse_query(query), sort=Sort.OLDEST, limit=100))
    return [key.pk for key in answer.keys]


def test_an_update_writes_no_base(engine):
    before = files_of(engine, 1)
    engine.update([7, 9], [document(7, "桥梁7")])
    after = files_of(engine, 2)

    assert before.keys() == FILES
    assert {name: inode for name, inode in after.items() if name in FILES} == before
    assert after.keys() - FILES == {name.replace("base", "delta") for name in FILES}
    assert found(engine, "道路") == [pk for pk in range(1, 41) if pk not in (7, 9)]
    assert found(engine, "桥梁") == [7]
    assert (engine.state().documents, engine.state().meetings) == (39, 39)


def test_what_was_removed_stays_removed_and_what_comes_back_is_found_once(engine):
    engine.update([7, 9], [document(7, "桥梁7")])
    engine.update([7, 8], [])
    assert found(engine, "道路 OR 桥梁") == [pk for pk in range(1, 41) if pk not in (7, 8, 9)]
    engine.update([7, 8, 9], [document(pk, f"道路{pk}") for pk in (7, 8, 9)])
    assert sorted(found(engine, "道路")) == list(range(1, 41))
    assert engine.state().documents == 40


@pytest.mark.parametrize("withdrawn", [True, False], ids=["withdrawn", "changed"])
def test_a_large_delta_is_merged_into_a_new_base(engine, monkeypatch, withdrawn):
    monkeypatch.setattr(segments, "_MOST_IN_DELTA", 10)
    for pk in range(1, 16):
        engine.update([pk], [] if withdrawn else [document(pk, f"桥梁{pk}")])
        number = int(engine._store.current().name)
        if files_of(engine, number).keys() == FILES:
            break
    assert pk == (11 if withdrawn else 6)
    rebuilt = WhooshEngine(engine._store.folder / "rebuilt")
    rebuilt.replace_all(
        [*(document(n, f"道路{n}") for n in range(pk + 1, 41)), *(document(n, f"桥梁{n}") for n in range(1, pk + 1))]
        if not withdrawn
        else [document(n, f"道路{n}") for n in range(pk + 1, 41)]
    )
    assert engine.contents() == rebuilt.contents()
    for query in ("道路", "桥梁", "道路3", "3"):
        assert found(engine, query) == found(rebuilt, query)
    assert engine.characters() == rebuilt.characters()
    assert engine.occurrences("路1") == rebuilt.occurrences("路1")


def test_equal_random_numbers_overwrite_nothing(engine):
    for _ in range(2):
        random.seed(1)
        engine.update([7], [document(7, "桥梁7")])
    assert found(engine, "桥梁 OR 道路") == [*range(1, 41)]
