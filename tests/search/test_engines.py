"""The contract of every engine, run on each. What the memory engine answers is right by definition."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minutes.fold import fold
from search.index.documents import DocId, IndexDocument
from search.index.engines.base import ITEM, MEETING, Engine, Filters, SearchRequest, SearchUnavailable, Sort
from search.index.engines.whoosh import segments
from search.index.engines.whoosh.engine import WhooshEngine
from search.index.facet_fields import CATEGORIES, FACETS, ROLE_LABELS
from search.query import (
    Alternative,
    And,
    Dated,
    Field,
    Implied,
    InField,
    Not,
    OneOf,
    Or,
    Phrase,
    Term,
    Verbatim,
    parse_query,
)
from tests.search.conftest import a_name_of_its_own, opensearch_engine
from tests.search.engine_documents import SUBJECTS, document, meeting_document
from tests.search.memory_engine import MemoryEngine

pytestmark = pytest.mark.slow


HOUSING, SAFETY, FINANCE = 11, 12, 13
EVERYTHING = frozenset(category.name for category in FACETS)


def found(engine: Engine, query: str = "", **request) -> list[int]:
    return [key.pk for key in engine.search(SearchRequest(parse_query(query), **request)).keys]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("老旧小区", {1, 2}),
        ("老旧小区 资金", {2}),
        ('"小区改"', {1}),
        ("小区改造资金", {2}),
        ("老旧小区 -资金", {1}),
        ("资金 OR 整治", {2, 3}),
        ("资金｜整治", {2, 3}),
        ("（资金 OR 整治） -小区", {3}),
        ("-小区", {3, 4}),
        ("住/建", set()),
        ("區", {1, 2}),
        ("ＧＤＰ", {4}),
        ("2020 年", {4}),
        ('"〔2019〕41号"', {3}),
        ('"[2019] 41 号"', {3}),
        ("查无此事", set()),
    ],
)
def test_words_are_all_asked_for_and_phrases_stand_as_written(engine, query, expected):
    engine.replace_all(
        [
            document(1, "会议审议老旧小区改造方案"),
            document(2, "改造老旧小区，所需资金由市财政局统筹"),
            document(3, "开展专项整治，见云政〔2019〕41号"),
            document(4, "2020年gdp增长"),
        ]
    )
    assert set(found(engine, query)) == expected


def test_text_is_found_wherever_the_words_are_cut(engine):
    text = "由市住建局许为舟牵头推进老旧小区改造"
    engine.replace_all([document(1, text), document(2, "其他事项")])
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            assert found(engine, text[start:end]) == [1]
            assert found(engine, f'"{text[start:end]}"') == [1]


def test_half_a_character_and_half_its_neighbour_are_no_character(engine):
    # In UTF-16, 一 is between the halves of a低.
    engine.replace_all([document(1, "a低"), document(2, "一"), document(3, "𠮷野路"), document(4, "吉野路")])
    assert found(engine, "一") == found(engine, '"一"') == [2]
    assert found(engine, "𠮷野路") == found(engine, '"𠮷"') == [3]
    assert engine.occurrences("一") == {2: 1}


def test_a_phrase_does_not_run_from_one_text_to_the_next(engine):
    engine.replace_all([document(1, "", texts=("市住", "建局")), document(2, "市住"), document(3, "建局")])
    assert found(engine, '"市住建局"') == []


def test_an_empty_query_lists_items_and_no_meetings_newest_first(engine):
    engine.replace_all(
        [
            document(1, "甲", meeting=1, position=2),
            document(2, "乙", meeting=1, position=1),
            document(3, "丙", meeting=2, date=datetime.date(2020, 1, 2)),
            document(4, "丁", meeting=3, date=None),
            meeting_document(1, "戊", meeting=1),
        ]
    )
    assert found(engine) == [3, 2, 1, 4]
    assert found(engine, sort=Sort.OLDEST) == [2, 1, 3, 4]
    assert found(engine, "戊") == [1]
    assert found(engine, "-甲") == [3, 2, 4]


def test_the_words_in_a_title_and_as_written_come_first(engine):
    engine.replace_all(
        [
            document(1, "会议通报了其他事项，其中提到老旧小区和改造各一次，未作讨论，留待以后"),
            document(2, "老旧小区改造", title="老旧小区改造"),
            document(3, "会议通报了其他事项，其中提到老旧小区改造各一次，未作讨论，留待以后"),
            document(4, "其他"),
            document(5, "其他"),
            document(6, "其他"),
            document(7, "其他"),
        ]
    )
    assert found(engine, "老旧小区改造") == [2, 3, 1]


def chosen(**values) -> Filters:
    return Filters(chosen={name: frozenset(wanted) for name, wanted in values.items()})


@pytest.fixture
def filled(engine) -> Engine:
    day = datetime.date
    engine.replace_all(
        [
            document(
                1, "道路", date=day(2018, 3, 1), person=(7,), stage=("trial",),
                organizations=((HOUSING, "lead"), (HOUSING, "mentioned"), (SAFETY, "attending")),
            ),
            document(
                2, "道路", date=day(2019, 3, 1), person=(7, 8), stage=("draft", "trial"), action=("study",),
                organizations=((HOUSING, "supporting"), (SAFETY, "lead")),
            ),
            document(
                3, "道路", date=day(2019, 9, 1), kind=("thematic",), action=("deliberate", "study"),
                outcome=("approved",), next_step=("party", "revision"),
                organizations=((FINANCE, "reporting"), (SAFETY, "attending"), (FINANCE, "attending")),
            ),
            document(4, "桥梁", date=day(2019, 9, 1), organizations=((HOUSING, "lead"),)),
            document(5, "道路", date=None, next_step=("party",), body=(2,), organizations=((FINANCE, "attending"),)),
        ]
    )  # fmt: skip
    return engine


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(date_from=datetime.date(2019, 3, 1)), {2, 3}),
        (Filters(date_to=datetime.date(2019, 3, 1)), {1, 2}),
        (chosen(year={2019}), {2, 3}),
        (chosen(year={2018, 2019}, kind={"executive"}), {1, 2}),
        (chosen(organization={HOUSING}), {1, 2}),
        (chosen(organization={HOUSING}, role={"lead"}), {1}),
        (chosen(organization={SAFETY, FINANCE}), {2, 3}),
        (chosen(role={"reporting", "supporting"}), {2, 3}),
        (chosen(organization={SAFETY}, role={"attending"}), {1, 3}),
        (chosen(organization={SAFETY}, role={"attending", "lead"}), {1, 2, 3}),
        (chosen(role={"attending"}), {1, 3, 5}),
        (chosen(person={7}), {1, 2}),
        (chosen(person={7, 8}, stage={"draft"}), {2}),
        (chosen(action={"deliberate", "study"}, outcome={"approved"}), {3}),
        (chosen(next_step={"party"}), {3, 5}),
        (chosen(body={2}), {5}),
        (chosen(year={1949}), set()),
    ],
)
def test_filters_narrow_what_is_found(filled, filters, expected):
    assert set(found(filled, "道路", filters=filters)) == expected


def test_a_facet_counts_every_result_once_and_ignores_its_own_filter(filled):
    answer = filled.search(
        SearchRequest(parse_query("道路"), chosen(year={2019}, organization={HOUSING}), counted=EVERYTHING)
    )
    assert answer.total == 1
    assert answer.counts["year"] == {2018: 1, 2019: 1}
    assert answer.counts["organization"] == {HOUSING: 1, SAFETY: 1, FINANCE: 1}
    assert answer.counts["kind"] == {"executive": 1}
    assert answer.counts["person"] == {7: 1, 8: 1}


def test_nothing_is_counted_but_what_was_asked_for(filled):
    assert filled.search(SearchRequest(parse_query("道路"))).counts == {}
    wanted = frozenset({"year", "role"})
    answer = filled.search(SearchRequest(parse_query("道路"), counted=wanted))
    assert answer.counts.keys() == wanted
    assert answer.counts["year"] == {2018: 1, 2019: 2}


def test_every_count_is_what_choosing_the_value_finds(filled):
    """Whatever else is chosen: a count that promises three results leads to three."""
    for filters in (
        Filters(),
        chosen(organization={SAFETY}),
        chosen(role={"attending", "lead"}),
        chosen(kind={"other"}),
    ):
        counts = filled.search(SearchRequest(parse_query("道路 OR 桥梁"), filters, counted=EVERYTHING)).counts
        for category in FACETS:
            for value in (*counts[category.name], *(value for value, _ in category.choices)):
                others = {name: values for name, values in filters.chosen.items() if name != category.name}
                narrowed = chosen(**others | {category.name: {value}})
                total = filled.search(SearchRequest(parse_query("道路 OR 桥梁"), narrowed)).total
                assert counts[category.name].get(value, 0) == total, (category.name, value, filters)


def test_an_update_replaces_a_meeting_and_leaves_the_others(engine):
    engine.replace_all(
        [document(pk, f"道路{pk}", meeting=pk // 10, organizations=((HOUSING, "lead"),)) for pk in (10, 11, 20, 30)]
    )
    engine.update([1, 2], [document(12, "桥梁", meeting=1, organizations=((SAFETY, "lead"),))])
    engine.update([4], [document(40, "道路40", meeting=4)])
    answer = engine.search(SearchRequest(parse_query("道路 OR 桥梁"), sort=Sort.OLDEST, counted=EVERYTHING))
    assert [key.pk for key in answer.keys] == [12, 30, 40]
    assert answer.counts["organization"] == {SAFETY: 1, HOUSING: 1}
    assert found(engine, '"道路40"') == [40]
    assert found(engine, "道路11") == []
    assert (engine.state().documents, engine.state().meetings) == (3, 3)


def test_pages_follow_each_other(engine):
    engine.replace_all([document(pk, "道路") for pk in range(1, 8)])
    pages = [found(engine, "道路", offset=offset, limit=3) for offset in (0, 3, 6, 9)]
    assert pages == [[7, 6, 5], [4, 3, 2], [1], []]


def test_requests_asked_at_once_are_answered_as_alone(filled):
    requests = [
        SearchRequest(parse_query("道路"), limit=2, counted=frozenset({"year"})),
        SearchRequest(parse_query("查无此事")),
        SearchRequest(parse_query("桥梁"), chosen(year={2019}), Sort.OLDEST, limit=0),
    ]
    assert filled.search_many(requests) == [filled.search(request) for request in requests]


def test_it_is_told_how_many_of_some_meetings_are_held(engine):
    engine.replace_all(
        [document(1, "甲", meeting=1), document(2, "乙", meeting=1, position=2), document(3, "丙", meeting=2)]
    )
    assert engine.count_indexed({1, 2, 3}) == 2
    engine.update([1], [])
    assert engine.count_indexed({1, 2, 3}) == engine.count_indexed({2}) == 1


def test_an_empty_index_finds_nothing(engine):
    engine.replace_all([])
    answer = engine.search(SearchRequest(parse_query("道路"), counted=EVERYTHING))
    assert (answer.total, answer.keys, answer.counts["organization"]) == (0, (), {})


def together(engine: Engine, query: str, **request) -> tuple[int, ...]:
    return engine.meetings_across_items(SearchRequest(parse_query(query), **request))


def test_words_spread_over_a_meeting_lead_to_the_meeting(engine):
    engine.replace_all(
        [
            document(1, "道路养护", meeting=1, position=1),
            document(2, "桥梁检测", meeting=1, position=2),
            meeting_document(1, "列席：市教育局季敏", meeting=1),
            document(3, "道路与桥梁", meeting=2, date=datetime.date(2020, 1, 2)),
            document(4, "桥梁检测", meeting=3, position=1, date=datetime.date(2021, 1, 2)),
            document(5, "道路养护，幼儿园", meeting=3, position=2, date=datetime.date(2021, 1, 2)),
        ]
    )
    assert together(engine, "道路 桥梁") == (3, 1)
    assert together(engine, "道路 桥梁 季敏") == (1,)
    assert together(engine, "道路 桥梁 -幼儿园") == (1,)
    assert together(engine, "道路 桥梁", filters=chosen(year={2019})) == (1,)
    assert together(engine, "道路 桥梁", limit=1) == (3,)
    assert together(engine, "道路") == together(engine, "") == together(engine, "道路 OR 桥梁") == ()


# ---------------------------------------------------------------------------------------------------------------
# Every other engine answers as the memory engine does, whatever the documents and the order they came in.

TEXTS = st.text(alphabet="老旧小区改造资金市住建局的，2019年ab 一二", max_size=30)
DAYS = st.dates(datetime.date(2018, 1, 1), datetime.date(2020, 12, 31))
# A few values of each category, so that what is generated meets.
VALUES = {
    category.name: st.sampled_from([value for value, _ in category.choices][:3] or [1, 2, 3])
    for category in CATEGORIES
    if category.name != "year"
}
ROLES = st.sampled_from(list(ROLE_LABELS))
DOCUMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "text": TEXTS,
            "title": st.sampled_from(["", *SUBJECTS]),
            "referred": st.lists(st.sampled_from(SUBJECTS), max_size=2).map(tuple),
            "meeting": st.integers(1, 5),
            "date": st.none() | DAYS,
            "organizations": st.sets(st.tuples(st.integers(1, 4), ROLES), max_size=5).map(tuple),
        }
        | {name: st.sets(values, max_size=2).map(tuple) for name, values in VALUES.items()}
    ),
    max_size=8,
)
CONDITIONS = st.sampled_from(
    [
        Field("标题:小区", InField("title", Term("小区"))),
        Field("文件:汇报", InField("document", Phrase("汇报"))),
        Field("2019年", Dated(datetime.date(2019, 1, 1), None)),
        Field("住", Dated(None, datetime.date(2019, 6, 30))),
        Field("部门:市", OneOf("organization", frozenset({1, 2}), frozenset({"lead", "attending"}))),
        Field("人员:局", OneOf("person", frozenset({1}))),
        Field("结果:同意", OneOf("outcome", frozenset())),
        InField("document", Phrase("行动计划")),
        Verbatim("-小区", Not(Term("小区"))),
        Implied(Term("老旧"), OneOf("body", frozenset({1}))),
        Implied(Term("2019年"), Dated(datetime.date(2019, 1, 1), datetime.date(2019, 12, 31)), ranks_as_text=True),
        Or((Term("改造"), Alternative(Phrase("小区改")), Alternative(And((Term("资金"), Term("市")))))),
    ]
)
WORDS = st.sampled_from(
    ["老旧", "小区改造", '"区改"', "-资金", "2019 年", "局的", "(市 OR ab)", "住建局|资金", '"，"', "旧小"]
)
CHOSEN = st.fixed_dictionaries(
    {},
    optional={
        "year": st.frozensets(st.integers(2018, 2020), min_size=1, max_size=2),
        "organization": st.frozensets(st.integers(1, 4), min_size=1, max_size=2),
        "role": st.frozensets(ROLES, min_size=1, max_size=2),
    }
    | {name: st.frozensets(values, min_size=1, max_size=2) for name, values in VALUES.items()},
)
ANY_CONDITIONS = st.lists(CONDITIONS | CONDITIONS.map(Not), max_size=2)
COUNTED = st.frozensets(st.sampled_from(sorted(EVERYTHING))) | st.just(EVERYTHING)
FILTERS = st.builds(Filters, date_from=st.none() | DAYS, date_to=st.none() | DAYS, chosen=CHOSEN | st.just({}))


def numbered(described: list[dict], first: int) -> list[IndexDocument]:
    return [
        document(pk, texts=(known["title"], known["text"]), position=pk, **known)
        for pk, known in enumerate(described, first)
    ]


@pytest.fixture(scope="module", params=["whoosh", "whoosh merging its segments", "opensearch"])
def other_engine(request, tmp_path_factory) -> Iterator[Engine]:
    if request.param == "whoosh":
        yield WhooshEngine(tmp_path_factory.mktemp("parity"))
    elif request.param == "whoosh merging its segments":
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(segments, "_MOST_IN_DELTA", 3)
            yield WhooshEngine(tmp_path_factory.mktemp("merging"))
    else:
        with a_name_of_its_own(request.getfixturevalue("search_server")) as server:
            yield opensearch_engine(server)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=DOCUMENTS,
    changes=st.lists(st.tuples(st.sets(st.integers(1, 5), max_size=2), DOCUMENTS), max_size=2),
    queries=st.lists(
        st.tuples(st.lists(WORDS, max_size=3), ANY_CONDITIONS, FILTERS, st.sampled_from(Sort), COUNTED),
        min_size=1,
        max_size=5,
    ),
)
def test_every_engine_answers_as_the_reference_does(other_engine, first, changes, queries):
    reference = MemoryEngine()
    for engine in (reference, other_engine):
        engine.replace_all(numbered(first, 1))
        for number, (meetings, described) in enumerate(changes, 1):
            fresh = [each for each in numbered(described, number * 100) if each.meeting in meetings]
            engine.update(meetings, fresh)
    for words, conditions, filters, sort, counted in queries:
        parts = [part for part in (parse_query(" ".join(words)), *conditions) if part]
        request = SearchRequest(And(tuple(parts)) if parts else None, filters, sort, counted=counted)
        for narrowed in (
            request,
            replace(request, only=ITEM),
            replace(request, only=MEETING, excluded=frozenset({1, 3})),
        ):
            assert other_engine.search(narrowed) == reference.search(narrowed)
        texts = {fold(word): weight for weight, word in enumerate(words, 1)}
        for narrowed in (request, replace(request, excluded=frozenset({2}))):
            assert other_engine.nearest(texts, narrowed) == reference.nearest(texts, narrowed)
        assert other_engine.meetings_across_items(request) == reference.meetings_across_items(request)


def test_a_search_without_an_index_is_no_empty_answer(tmp_path):
    with pytest.raises(SearchUnavailable):
        WhooshEngine(tmp_path).search(SearchRequest())


def test_keys_survive_as_numbers():
    for key in (DocId(1), DocId(1, is_meeting=True), DocId(2**40)):
        assert DocId.from_int(key.to_int()) == key
