"""Facets and filters, defined once for index, URL parameters and pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices

from minutes.models import ActionKind, InvolvementRole, MeetingKind, Outcome
from minutes.parser.topics.classes import topic_classes

# Role of a unit that attended the meeting of an item without being named in the item.
ATTENDING = "attending"
# A task of the item names the unit, in any role.
TASKED = "tasked"
ITEM_ROLES = frozenset(InvolvementRole.values)
ROLE_LABELS: dict[str, str] = {**dict(InvolvementRole.choices), TASKED: "有任务", ATTENDING: "参会"}


class NextStep(TextChoices):
    """Where a matter goes after the meeting; a next step may have several of these."""

    PARTY = "party", "报党委审议"
    CONGRESS = "congress", "报人大"
    GOVERNMENT = "government", "报政府"
    FILING = "filing", "备案"
    CONSULTATION = "consultation", "征求意见"
    ISSUING = "issuing", "印发"
    REVISION = "revision", "修改完善"
    OTHER = "other", "其他"


class Stage(TextChoices):
    """The stage of a document; a written stage may have several of these: 修订草案."""

    DRAFT = "draft", "草案"
    CONSULTATION = "consultation", "征求意见稿"
    FOR_APPROVAL = "for_approval", "送审稿"
    REVISION = "revision", "修订"
    TRIAL = "trial", "试行"
    OTHER = "other", "其他"


_WORDS_OF_NEXT_STEPS = {
    NextStep.PARTY: ("市委", "县委", "区委", "省委", "州委", "党委", "党组", "深改委"),
    NextStep.CONGRESS: ("人大", "人民代表大会"),
    NextStep.GOVERNMENT: ("政府", "常务会议"),
    NextStep.FILING: ("备案",),
    NextStep.CONSULTATION: ("征求", "公示"),
    NextStep.ISSUING: ("印发", "发布", "公布"),
    NextStep.REVISION: ("修改", "完善"),
}
_WORDS_OF_STAGES = {
    Stage.DRAFT: ("草案", "草稿", "初稿", "代拟稿"),
    Stage.CONSULTATION: ("征求意见稿", "讨论稿"),
    Stage.FOR_APPROVAL: ("送审稿", "审议稿", "审定稿", "报审稿"),
    Stage.REVISION: ("修订", "修改稿", "修正"),
    Stage.TRIAL: ("试行", "暂行"),
}


@dataclass(frozen=True, slots=True)
class Category:
    """A category of values for facets and filters; without choices, they are numbers."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...] = ()


# A document may have several values in each. Organizations have roles, so engines store them separately.
CATEGORIES = (
    Category("year", "年份"),
    Category("action", "议题动作", tuple(ActionKind.choices)),
    Category("outcome", "议定结果", tuple(Outcome.choices)),
    Category("next_step", "下一步", tuple(NextStep.choices)),
    Category("stage", "文件稿次", tuple(Stage.choices)),
    Category("person", "参会人员"),
    Category("body", "会议主体"),
    Category("kind", "会议类型", tuple(MeetingKind.choices)),
    Category("topic", "主题", tuple((topic.code, topic.name) for topic in topic_classes().values())),
)
ORGANIZATION = Category("organization", "单位")
ROLE = Category("role", "单位的角色", tuple(ROLE_LABELS.items()))

# In display order.
FACETS = (CATEGORIES[0], ORGANIZATION, ROLE, *CATEGORIES[1:])


def next_steps_in(written: str) -> tuple[str, ...]:
    """Return the next steps in a text: 修改完善后提请市委常委会审议 → revise, party.

    OTHER if the table matches none.
    """
    return _matching(written, _WORDS_OF_NEXT_STEPS, NextStep.OTHER)


def stages_in(written: str) -> tuple[str, ...]:
    """Return the stages in a text: 修订草案 → draft and revision; OTHER if unknown."""
    return _matching(written, _WORDS_OF_STAGES, Stage.OTHER)


def topics_of(codes: Iterable[str]) -> tuple[str, ...]:
    """Return an item's topic classes with their parents: 10.2 is also 10.

    Unknown codes are left out.
    """
    known = [topic_classes()[code] for code in codes if code in topic_classes()]
    return tuple(dict.fromkeys(code for topic in known for code in (topic.code, topic.main_code)))


def _matching(written: str, table: Mapping[Any, tuple[str, ...]], other: TextChoices) -> tuple[str, ...]:
    if not written:
        return ()
    kinds = tuple(kind.value for kind, words in table.items() if any(word in written for word in words))
    return kinds or (str(other.value),)
