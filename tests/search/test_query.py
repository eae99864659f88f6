"""What people type, and how it is understood."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query import MAX_CHARACTERS, And, Not, Or, Phrase, QueryError, Term, parse_query, sought_texts


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("", None),
        ("  \u3000 ", None),
        ('""', None),
        ("()", None),
        ("老旧小区", Term("老旧小区")),
        ("老旧小区\u3000改造", And((Term("老旧小区"), Term("改造")))),
        ('"专项 整治"', Phrase("专项整治")),
        ("“放管服”改革", And((Phrase("放管服"), Term("改革")))),
        ("改造 -绿化", And((Term("改造"), Not(Term("绿化"))))),
        ("改造 －“绿化 带”", And((Term("改造"), Not(Phrase("绿化带"))))),
        ("改造 OR 更新", Or((Term("改造"), Term("更新")))),
        ("改造｜更新|整治", Or((Term("改造"), Term("更新"), Term("整治")))),
        ("（改造 OR 更新） 资金", And((Or((Term("改造"), Term("更新"))), Term("资金")))),
        ("-(改造 OR 更新)", Not(Or((Term("改造"), Term("更新"))))),
        ("ＧＤＰ 會議", And((Term("gdp"), Term("会议")))),
        # Copied text keeps its punctuation, also when it was cut off in the middle.
        ("办法（试行）的", Term("办法(试行)的")),
        ("办法（试", Term("办法(试")),
        ("（试", Term("(试")),
        ("化“放管", Term('化"放管')),
        ("(二", Term("(二")),
        ("2019-2020", Term("2019-2020")),
        ("— 2 —", And((Term("—"), Term("2"), Term("—")))),
        ("or", Term("or")),
        ('"a OR (b"', Phrase("a or(b")),
        ('"*"', Phrase("*")),
    ],
)
def test_words_are_understood(typed, understood):
    assert parse_query(typed) == understood


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("改" * (MAX_CHARACTERS + 1), "最长 200 个字"),
        ('"改造', "引号没有成对"),
        ("(改造 OR 更新", "括号没有成对"),
        ("改造)", "括号没有成对"),
        ("改*", "通配符"),
        ("?", "通配符"),
        ("OR 改造", "前后都要有检索词"),
        ("改造 |", "前后都要有检索词"),
        ("(" * 9 + "改" + ")" * 9, "最多套 8 层"),
        ("(" * 100 + ")" * 100, "最多套 8 层"),
        ("改 " * 99, "最多检索 40 个词"),
    ],
)
def test_what_cannot_be_searched_is_said_plainly(typed, says):
    with pytest.raises(QueryError, match=says):
        parse_query(typed)


@settings(deadline=None)
@given(
    st.text(alphabet=st.sampled_from(list('改造ab12 "“”()（）|｜-－OR*?，。\x00《》')), max_size=60)
    | st.text(max_size=60)
)
def test_any_text_is_understood_or_refused(typed):
    with contextlib.suppress(QueryError):
        assert all(sought.text for sought in sought_texts(parse_query(typed)))


def test_what_is_excluded_is_not_sought():
    assert sought_texts(parse_query('改造 -绿化 (更新 OR "改造 资金") 改造')) == [
        Term("改造"),
        Term("更新"),
        Phrase("改造资金"),
    ]
