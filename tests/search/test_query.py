"""What people type, and how it is understood."""

import contextlib
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query import (
    MAX_CHARACTERS,
    And,
    Dated,
    Field,
    InField,
    NameRef,
    Not,
    OneOf,
    Or,
    Phrase,
    QueryError,
    Term,
    parse_query,
    text_queries,
)


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
        ("改造 或 更新", Or((Term("改造"), Term("更新")))),
        ("改造 or 更新", Or((Term("改造"), Term("更新")))),
        ("改造 AND 资金", And((Term("改造"), Term("资金")))),
        ("改造 NOT 绿化", And((Term("改造"), Not(Term("绿化"))))),
        ("改造 不要 绿化", And((Term("改造"), Not(Term("绿化"))))),
        ("改造 不含 “绿化 工程”", And((Term("改造"), Not(Phrase("绿化工程"))))),
        ("改造 或 或 更新", Or((Term("改造"), And((Term("或"), Term("更新")))))),
        ("不要 绿化", And((Term("不要"), Term("绿化")))),
        ("改造 或", And((Term("改造"), Term("或")))),
        ("-(改造 OR 更新)", Not(Or((Term("改造"), Term("更新"))))),
        ("ＧＤＰ 會議", And((Term("gdp"), Term("会议")))),
        # Verbatim text keeps its punctuation, also when it was cut off in the middle.
        ("办法（试行）的", Term("办法(试行)的")),
        ("办法（试", Term("办法(试")),
        ("（试", Term("(试")),
        ("化“放管", Term('化"放管')),
        ("(二", Term("(二")),
        ("改造)", Term("改造)")),
        ("绿化(二期 工程", And((Term("绿化(二期"), Term("工程")))),
        ("2019-2020", Term("2019-2020")),
        # A blank inside a date separates no words.
        ("2020 年 8 月", Term("2020年8月")),
        ("从 二〇二三年 到 2024 年 停车", And((Term("从二〇二三年到2024年"), Term("停车")))),
        ("去年 三月 9 日", Term("去年三月9日")),
        ("2019 年度 3 月底前", And((Term("2019"), Term("年度"), Term("3"), Term("月底前")))),
        ("2019年 -2020年", And((Term("2019年"), Not(Term("2020年"))))),
        ("停车 或 不含 绿化", Or((Term("停车"), Not(Term("绿化"))))),
        ("停车 并且 不含 绿化", And((Term("停车"), Not(Term("绿化"))))),
        ("— 2 —", And((Term("-"), Term("2"), Term("-")))),
        ("or", Term("or")),
        ('"a OR (b"', Phrase("a or(b")),
        ('"*"', Phrase("*")),
        ("《云川市公交管理办法》", Phrase("云川市公交管理办法", titled=True)),
        (
            "审议《关于印发《公交办法》的通知》（草案）",
            And((Term("审议"), Phrase("关于印发《公交办法》的通知", titled=True), Term("(草案)"))),
        ),
        ("公交》管理", Term("公交》管理")),
        ("标题:老旧小区", Field("标题:老旧小区", InField("title", Term("老旧小区")))),
        (
            "ＴＩＴＬＥ：“老旧 小区” 资金",
            And((Field('title:"老旧小区"', InField("title", Phrase("老旧小区"))), Term("资金"))),
        ),
        ("文件： 《公交办法》", Field("文件:《公交办法》", InField("document", Phrase("公交办法")))),
        ("-部门:市住建局", Not(Field("部门:市住建局", NameRef("organization", "市住建局")))),
        (
            "牵头:市住建局|人员:陆砚青",
            Or(
                (Field("牵头:市住建局", NameRef("lead", "市住建局")), Field("人员:陆砚青", NameRef("person", "陆砚青")))
            ),
        ),
        ("(结果:原则同意)", Field("结果:原则同意", OneOf("outcome", frozenset({"approved_in_principle"})))),
        ("结果:审议通过", Field("结果:审议通过", OneOf("outcome", frozenset({"adopted"})))),
        # No field, or nothing behind the colon: text.
        ("列席人员：陆砚青", Term("列席人员:陆砚青")),
        ("人员：", Term("人员:")),
        ("foo:bar", Term("foo:bar")),
        ("标题:（", Field("标题:(", InField("title", Term("(")))),
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
        ("改造) | 更新", "括号没有成对"),
        ("改*", "通配符"),
        ("?", "通配符"),
        ("停?场", "通配符"),
        ("OR 改造", "前后都要有检索词"),
        ("改造 |", "前后都要有检索词"),
        ("(" * 9 + "改" + ")" * 9, "最多套 8 层"),
        ("(" * 100 + ")" * 100, "最多套 8 层"),
        ("改 " * 99, "最多检索 40 个词"),
        ("年份:去年三月", "年份要写成 2019"),
        ("年份:早年", "年份要写成 2019"),
        ("年份:2019-05", "年份要写成 2019"),
        ("日期:早年", "去年三月"),
        ("年份:0000", "没有这一天"),
        ("日期:2019-13", "没有这一天"),
        ("日期:2019-02-30", "没有这一天"),
        ("日期:五月", "2019-01..2020-06"),
        ("日期:..", "不是日期"),
        ("日期:2018..2019..2020", "不是日期"),
        ("日期:2020..2019", "结束早于起始"),
        ("日期:9999-12-32", "没有这一天"),
        ("结果:很好", "只能写原则同意、同意、通过、其他"),
        ("标题:改*", "通配符"),
    ],
)
def test_what_cannot_be_searched_is_said_plainly(typed, says):
    with pytest.raises(QueryError, match=says):
        parse_query(typed)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("年份:2019", "2019-01-01", "2019-12-31"),
        ("年份:二〇一九年", "2019-01-01", "2019-12-31"),
        ("year:2018-2020", "2018-01-01", "2020-12-31"),
        ("日期:2019-01..2020-06", "2019-01-01", "2020-06-30"),
        ("日期：２０１９年１月至２０２０年２月", "2019-01-01", "2020-02-29"),
        ("date:2019-05-06", "2019-05-06", "2019-05-06"),
        ("日期:二〇一九年十二月", "2019-12-01", "2019-12-31"),
        ("日期:二〇一九年五月六日", "2019-05-06", "2019-05-06"),
        ("日期:2019.5.6～2019.5.9", "2019-05-06", "2019-05-09"),
        ("日期:2019..", "2019-01-01", None),
        ("日期:..2020-06", None, "2020-06-30"),
        ("日期:9999-12", "9999-12-01", "9999-12-31"),
        ("日期:去年三月", "2021-03-01", "2021-03-31"),
        ("日期:2021年前三季度", "2021-01-01", "2021-09-30"),
        ("日期:近两年", "2020-03-08", "2022-03-08"),
        ("日期:去年..", "2021-01-01", None),
        ("年份:去年", "2021-01-01", "2021-12-31"),
    ],
)
def test_dates_are_understood_as_their_first_and_last_day(typed, first, last, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: datetime.date(2022, 3, 8))
    days = Dated(*(day and datetime.date.fromisoformat(day) for day in (first, last)))
    assert parse_query(typed).condition == days


FRAGMENTS = ["标题:", "人员：", "日期:", "2019", "..", "《", "》", " ", "结果:同意", "“", "("]


@settings(deadline=None)
@given(
    st.text(alphabet=st.sampled_from(list('改造ab12 "“”()（）|｜-－OR*?，。\x00《》')), max_size=60)
    | st.lists(st.sampled_from(FRAGMENTS)).map("".join)
    | st.text(max_size=60)
)
def test_any_text_is_understood_or_refused(typed):
    with contextlib.suppress(QueryError):
        assert all(sought.text for sought in text_queries(parse_query(typed)))


def test_what_is_excluded_is_not_sought():
    assert text_queries(parse_query('改造 -绿化 (更新 OR "改造 资金") 改造')) == [
        Term("改造"),
        Term("更新"),
        Phrase("改造资金"),
    ]
