"""Whether a task says what becomes of the item's own document (procedure), or anything else (work)."""

from __future__ import annotations

import re

# 根据本次会议讨论意见 · 按会上意见修改完善 · 进一步修改完善后
REVISES = re.compile(
    r"(?:根据|按照?|结合|依据|吸纳|综合)(?:本次)?(?:会议?|会上|与会|大家|各方)(?:本次|讨论|研究|审议|所提|提出的?|有关)*(?:意见|精神|要求|建议)"
    r"|(?:修改|修订|补充|整理|研究|优化)完善|完善后|修改(?:后|，)|负责修改"
)
# 按程序印发 · 提请市委常委会审议 · 以市政府名义印发 · 报市政府审定 · 按程序报批
PASSES_ON = re.compile(
    r"印发|发文|提请[^，。；]{2,20}(?:审议|审定|研究|审查)|提交[^，。；]{2,20}(?:审议|审定|研究)"
    r"|(?:按|依|履行)[^，。；]{0,8}程序[^，。；]{0,10}(?:发布|公布|报|提请|办理|实施|上报|发文|审批)"
    r"|报[^，。；]{2,16}(?:审议|审定|审批|批准|研究|同意)|发布实施|公布施行|发文程序"
)
# 制定实施方案 · 形成专题报告 (a document other than the item's own)
OTHER_DOCUMENT = re.compile(
    r"(?:制定|制订|形成|起草|拟定|拟订|编制|提出|拿出|撰写|出台)[^，。；]{0,30}(?:方案|报告|意见|办法|细则|清单|规划|计划|预案|材料|措施|建议|制度|文件|通知)"
)
# 方案 · 《实施意见》 (what names a document)
DOCUMENT = re.compile(r"方案|办法|意见|规划|规定|细则|报告|请示|条例|文件|预案|计划|清单|制度|《")
# What becomes of the document is said at once.
FIRST_WORDS = 90


def is_procedure(folded: str, about: str) -> bool:
    """Return whether the words say what becomes of the item's own document, and not of something else they name."""
    if about and not DOCUMENT.search(about):
        return False
    first = folded[:FIRST_WORDS]
    told = REVISES.search(first) or PASSES_ON.search(first)
    other = OTHER_DOCUMENT.search(first)
    return told is not None and not (other and other.start() < told.start())
