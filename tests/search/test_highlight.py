"""Test snippets and highlighting in the text as written."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from minutes.fold import fold
from search.index.documents import Passage
from search.query import Phrase, Term, parse_query, text_queries
from search.results.highlight import SNIPPET_CHARACTERS, densest_snippet, mark_matches


def marked(text: str, query: str) -> list[str]:
    return [part.text for part in mark_matches(text, text_queries(parse_query(query))) if part.marked]


def test_matches_are_marked_as_the_text_writes_them():
    assert marked("自２０２０ 年起，會議 確定", '"2020年" 会议确定') == ["２０２０ 年", "會議 確定"]
    assert marked("老旧小区的改造资金", "老旧小区改造") == ["老旧小区", "改造"]
    assert marked("见〔2019〕41号", "[2019]41号") == ["〔2019〕41号"]
    assert marked("改造绿化", "改造 -绿化") == ["改造"]


def test_overlapping_matches_are_one_mark():
    assert marked("专项整治方案", '"专项整" "整治"') == ["专项整治"]
    assert marked("人人人", '"人人"') == ["人人人"]


def test_the_passage_with_most_of_what_is_sought_is_shown_around_its_densest_place():
    filler = "其他事项按程序办理。" * 30
    passages = [
        Passage("老旧小区。" + filler, 1),
        Passage(filler + "资金。" + filler + "推进老旧小区改造，落实资金。" + filler, 2),
    ]
    snippet = densest_snippet(passages, text_queries(parse_query("老旧小区 资金")))
    shown = "".join(part.text for part in snippet.parts)
    assert snippet.passage.paragraph == 2
    assert shown.startswith("推进老旧小区改造，落实资金。")
    assert len(shown) <= SNIPPET_CHARACTERS
    assert (snippet.goes_on_before, snippet.goes_on_after) == (True, True)


def test_nothing_is_shown_of_a_text_that_holds_nothing_sought():
    assert densest_snippet([Passage("其他事项")], [Phrase("老旧小区")]) is None


def test_a_character_is_never_torn_from_its_marks():
    text = "甲" * 23 + "e\u0301" * 20 + "改造" + "e\u0301" * 200
    snippet = densest_snippet([Passage(text)], [Phrase("改造")])
    shown = "".join(part.text for part in snippet.parts)
    assert shown[0] != "\u0301"
    after = text[text.index(shown) + len(shown) :]
    assert not after.startswith("\u0301")


def test_the_brackets_of_a_title_stay_together():
    filler = "其他事项按程序办理，"
    title = "《云川市人民政府关于进一步推进老旧小区综合整治的实施办法》"
    shown = shown_of(filler * 3 + title + "的改造资金" + filler * 8 + "见" + title + filler * 9, "改造资金")
    assert shown.startswith(title)
    for padding in range(60, 140):
        shown = shown_of("资金。" + "甲" * padding + title + "甲" * 99, "资金")
        assert shown.count("《") == shown.count("》")
        assert len(shown) <= SNIPPET_CHARACTERS + len(title)
    # What is never closed is cut where it must be.
    assert len(shown_of("资金。《" + "甲" * 900, "资金")) == SNIPPET_CHARACTERS


def shown_of(text: str, query: str) -> str:
    snippet = densest_snippet([Passage(text)], text_queries(parse_query(query)))
    return "".join(part.text for part in snippet.parts)


TEXTS = st.text(alphabet=st.sampled_from(list("老旧小区改造資金 ２0年，。\n①é")), min_size=1, max_size=300)


@settings(deadline=None)
@given(TEXTS, st.data())
def test_what_stands_in_a_text_is_marked_and_the_text_is_kept(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    if not fold(part):
        return
    for sought in ([Phrase(fold(part))], [Term(fold(part))]):
        parts = mark_matches(text, sought)
        assert "".join(each.text for each in parts) == text
        assert any(each.marked for each in parts)
        assert all(each.marked != other.marked for each, other in pairwise(parts))
