"""The codes of problems with their weights and names."""

from __future__ import annotations

from typing import Literal, NamedTuple

# must: a field may be wrong or missing, so it blocks the review until it is settled. look: worth a look. note: for
# information only.
Weight = Literal["must", "look", "note"]


class Kind(NamedTuple):
    """The weight of a code, and its name on staff pages."""

    weight: Weight
    name: str


KINDS: dict[str, Kind] = {
    # Missing, contradictory or uncertain fields.
    "date-missing": Kind("must", "没有会议日期"),
    "date-uncertain": Kind("must", "日期的月份不明"),
    "date-without-year": Kind("must", "日期没有年份"),
    "body-missing": Kind("must", "没有会议主体"),
    "body-uncertain": Kind("must", "会议主体不能确定"),
    "conflicting-dates": Kind("must", "日期前后不一"),
    "conflicting-numbers": Kind("must", "次数前后不一"),
    "number-repeated": Kind("must", "与另一天的会议次数相同"),
    "several-chairs": Kind("must", "几人共同主持"),
    "items-missing": Kind("must", "没有议题"),
    "item-number-gap": Kind("must", "议题序号不连续"),
    "several-meetings": Kind("must", "文件中像有几次会议"),
    "agenda-unmatched": Kind("must", "议程与议题不能对应"),
    "table-unread": Kind("must", "表格没有按列读出"),
    "opening-item-missing": Kind("must", "开头提到的文件没有议题"),
    "name-unclear": Kind("must", "名单中读不出单位和姓名"),
    "line-unaccounted": Kind("must", "一行没有归入字段"),
    "correction-questioned": Kind("must", "更正处有新的读法"),
    "correction-adrift": Kind("must", "更正找不到位置"),
    "damaged-characters": Kind("must", "损坏的字符"),
    "ambiguous-unit": Kind("must", "单位不能确定"),
    "ambiguous-short-title": Kind("must", "简称不能确定"),
    "ambiguous-actor": Kind("must", "承办者不能确定"),
    "attendance-unclear": Kind("must", "出席记录没有姓名和单位"),
    "too-long": Kind("must", "内容过长，未收录"),
    "word-deletion": Kind("must", "Word修订删去的文字"),
    "word-hidden": Kind("must", "Word隐藏文字"),
    "word-symbol": Kind("must", "Word符号读不出"),
    "pdf-symbol": Kind("must", "PDF文字读不出"),
    "pdf-turned-text": Kind("must", "PDF旋转或竖排的文字"),
    "word-left-out": Kind("must", "Word中没有读取的部分"),
    "pages-left-out": Kind("must", "没有读取的页"),
    "web-left-out": Kind("must", "网页中没有收录的文字"),
    "web-differs": Kind("must", "网页信息与正文不符"),
    "recognized-text": Kind("must", "文字识别的结果"),
    # Read with some doubt, or missing as in many minutes.
    "kind-missing": Kind("look", "没有会议类型"),
    "number-missing": Kind("look", "没有会议次数"),
    "chair-missing": Kind("look", "没有主持人"),
    "attendance-missing": Kind("look", "没有出席名单"),
    "task-without-actor": Kind("look", "任务没有承办者"),
    "unknown-action": Kind("look", "议题动作不在词表中"),
    "unknown-outcome": Kind("look", "议定结果不在词表中"),
    "body-not-named": Kind("look", "会议主体由收录时指定"),
    "body-inferred-from-text": Kind("look", "会议主体由文中的地名推断"),
    "body-from-web": Kind("look", "会议主体取自网页"),
    "pdf-form-value": Kind("look", "PDF表单中填写的值"),
    "attachments-left-out": Kind("look", "附件没有收录"),
    "struck-text": Kind("look", "带删除线的文字"),
    "pdf-unseen-text": Kind("look", "PDF看不见的文字"),
    "word-formula": Kind("look", "Word公式"),
    "word-computed": Kind("look", "Word自动更新的日期"),
    "word-insertion": Kind("look", "Word修订插入的文字"),
    "word-comment": Kind("look", "Word批注"),
    "pdf-comment": Kind("look", "PDF批注"),
    "encoding-differs": Kind("look", "编码与标明的不同"),
    "word-numbering": Kind("look", "Word自动编号"),
    "recognized-unsure": Kind("look", "文字识别没有把握"),
    "unknown-character": Kind("look", "自造字或新字"),
    "reversed-writing": Kind("look", "强制书写方向的字符"),
    "web-words-within": Kind("look", "正文中像网页的文字"),
    "item-from-opening": Kind("look", "议题只在开头提到"),
    "title-from-speech": Kind("look", "标题取自会议讲话"),
    # Said, no action needed.
    "title-derived": Kind("note", "标题取自首句"),
    "body-inferred": Kind("note", "会议主体由旁证推断"),
    "deadline-unresolved": Kind("note", "期限不能换算成日期"),
    "actor-not-linked": Kind("note", "承办者没有对应的记录"),
}


def weight_of(code: str) -> Weight:
    """Return the weight of a code; unknown codes must be settled."""
    return KINDS[code].weight if code in KINDS else "must"


def name_of_kind(code: str) -> str:
    """Return the name of a code, or the code itself if it has none."""
    return KINDS[code].name if code in KINDS else code
