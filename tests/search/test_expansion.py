"""Test query expansion: names of units and people, documents, short titles."""

import pytest

from search import service
from search.query import text_queries
from search.query.expansion import Expansion, _shortest
from search.query.params import new_search
from search.query.titles import MOST_ADDED
from search.results.hits import load_hits
from tests.kept import kept
from tests.search.conftest import bring_up_to_date, into

pytestmark = pytest.mark.django_db

PLANNING = ("研究规划编制事宜", "由市发改委牵头编制规划，市财政局配合。")
FULL_NAME = ("研究项目审批事宜", "会议听取了市发展和改革委员会关于项目审批的汇报。")
OPINIONS = (
    "审议《关于促进云川市夜间经济发展的若干意见（草案）》（以下简称《若干意见》）",
    "会议强调有关部门要加强统筹协调。\n\n（二）原则同意《若干意见》，由市发改委牵头修改完善后印发。",
)
OTHER_OPINIONS = ("审议《关于加强水源保护的若干意见》", "原则同意《若干意见》。")


@kept
def archive(folder):
    take_in = into(folder)
    meetings = [take_in(31, PLANNING, FULL_NAME), take_in(58, OPINIONS, OTHER_OPINIONS, date="2020年7月2日")]
    bring_up_to_date()
    return meetings


def search(query: str, exact: bool = False):
    return new_search(query, exact=exact).expanded


def titles(archive, query: str, exact: bool = False) -> set[str]:
    names = {item.pk: item.title for meeting in archive for item in meeting.items.all()}
    results = service.search(new_search(query, exact=exact))
    return {names[key.pk] if not key.is_meeting else "会议" for key in results.response.keys}


@pytest.mark.parametrize("name", ["市发改委", "市发展和改革委员会", "市发展改革委", "市计委"])
def test_full_short_and_former_names_of_a_unit_find_each_other(archive, name):
    assert titles(archive, f"{name} -若干意见") == {PLANNING[0], FULL_NAME[0]}
    [expansion] = search(name).expansions
    assert (expansion.kind, expansion.typed) == ("unit", name)
    assert {"市发改委", "市发展和改革委员会", "市发展改革委", "市计委"} <= {name, *expansion.added}


def test_names_without_their_level_find_each_other_too(archive):
    assert FULL_NAME[0] in titles(archive, "发改委")


def test_exact_searches_add_nothing_and_tell_nothing(archive):
    assert titles(archive, "市发改委", exact=True) == {PLANNING[0], OPINIONS[0]}
    assert titles(archive, '"市发改委"') == {PLANNING[0], OPINIONS[0]}
    assert search("市发改委", exact=True).expansions == ()
    assert search('"市发改委"').expansions == ()


def test_units_are_asked_for_by_role(archive):
    assert titles(archive, "牵头:市发展和改革委员会") == {PLANNING[0], OPINIONS[0]}
    assert titles(archive, "部门:发改") == {PLANNING[0], FULL_NAME[0], OPINIONS[0]}
    assert titles(archive, "牵头:市财政局") == set()
    assert titles(archive, "部门:市财政局 规划") == {PLANNING[0]}
    assert titles(archive, "-部门:市发改委") == {OTHER_OPINIONS[0]}
    [expansion] = search("部门:市计委").expansions
    assert expansion == Expansion("meant", "市计委", ("市发改委",))


def test_people_are_asked_for_by_the_meetings_they_came_to(archive):
    assert titles(archive, "人员:季敏 规划") >= {PLANNING[0]}
    assert titles(archive, "人员:季敏 年份:2020") == {OPINIONS[0], OTHER_OPINIONS[0]}
    assert titles(archive, "人员:查无此人") == set()


def test_titles_documents_outcomes_and_dates_are_asked_for(archive):
    assert titles(archive, "标题:若干意见") == {OPINIONS[0], OTHER_OPINIONS[0]}
    assert titles(archive, "标题:财政局") == set()
    assert titles(archive, "文件:水源") == {OTHER_OPINIONS[0]}
    assert titles(archive, "结果:原则同意 日期:二〇二〇年七月") == {OPINIONS[0], OTHER_OPINIONS[0]}
    assert titles(archive, "日期:2019-01..2019-12") == {PLANNING[0], FULL_NAME[0]}
    assert titles(archive, "年份:2018") == set()


def test_text_that_looks_like_a_condition_is_found_as_well(take_in, index):
    meeting = take_in(31, ("研究人事事宜", "会议听取了汇报。会议要求公开人员：陆砚青等名单，标题：统一。"))
    index()
    for copied in ("人员：陆砚青等", "标题：统一", "人员：陆", "人员："):
        assert titles([meeting], copied) == {"研究人事事宜"}, copied
    # The attendance list is the meeting's own text.
    assert titles([meeting], "列席：市教育局季敏") == {"会议"}


def test_a_full_title_tells_what_items_call_it_for_short(archive):
    title = "关于促进云川市夜间经济发展的若干意见"
    for query in (title, f"《{title}》"):
        assert titles(archive, query) == {OPINIONS[0]}
        assert Expansion("short_title", title, ("若干意见",)) in search(query).expansions


def test_a_paragraph_that_says_it_short_is_marked_for_the_full_title(archive):
    """Only in the item that defines the short title."""
    title = "关于促进云川市夜间经济发展的若干意见"
    results = service.search(new_search(f"《{title}》 统筹协调"))
    [found] = load_hits(results.response.keys, text_queries(results.params.query))
    marked = [part.text for part in found.snippet.parts if part.marked]
    assert "《若干意见》" in marked
    results = service.search(new_search("加强水源保护"))
    [found] = load_hits(results.response.keys, text_queries(search(f"《{title}》").query))
    assert "《若干意见》" not in [part.text for part in (found.snippet.parts if found.snippet else ()) if part.marked]


def test_an_item_that_only_refers_to_a_document_is_found_by_its_title(archive, index):
    """As if a person had linked the document of a short title."""
    document = archive[1].items.get(position=1).references.get(short_title="若干意见").document
    other = archive[1].items.get(position=2)
    other.references.update(document=document)
    index("--rebuild")
    assert titles(archive, f"《{document.title}》") == {OPINIONS[0], OTHER_OPINIONS[0]}
    assert titles(archive, document.title) == {OPINIONS[0], OTHER_OPINIONS[0]}
    assert titles(archive, document.title, exact=True) == {OPINIONS[0]}


def test_the_number_of_look_ups_does_not_grow_with_the_words(archive, django_assert_max_num_queries):
    few = "市发改委 规划"
    many = " ".join(["市发改委", "市财政局", "市教育局", "促进云川市夜间经济", "加强水源保护的", "规划编制事宜"] * 3)
    for query in (few, many):
        with django_assert_max_num_queries(6):
            search(query)


def test_a_name_within_another_is_enough_and_the_shortest_come_first():
    names = {"市发改委", "云川市发改委", "市计委", "市发展改革委员会"}
    assert _shortest(names) == ("市计委", "市发改委", "市发展改革委员会")
    assert len(_shortest({f"{number:03}局" for number in range(100)})) == MOST_ADDED
