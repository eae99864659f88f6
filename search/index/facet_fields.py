"""What results are counted and narrowed by, defined once for the index, the address and the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices

from minutes.models import ActionKind, InvolvementRole, MeetingKind, Outcome
from minutes.parser.topics.classes import topic_classes

# A unit may also have attended the meeting that dealt with an item, without standing in the item itself.
ATTENDING = "attending"
# A task of the item names the unit, in whatever role.
TASKED = "tasked"
ITEM_ROLES = frozenset(InvolvementRole.values)
ROLE_LABELS: dict[str, str] = {**dict(InvolvementRole.choices), TASKED: "有任务", ATTENDING: "参会"}


class NextStep(TextChoices):
    """Where a matter goes after the meeting; one next step may tell of several."""

    PARTY = "party", "报党委审议"
    CONGRESS = "congress", "报人大"
    GOVERNMENT = "government", "报政府"
    FILING = "filing", "备案"
    CONSULTATION = "consultation", "征求意见"
    ISSUING = "issuing", "印发"
    REVISION = "revision", "修改完善"
    OTHER = "other", "其他"


class Stage(TextChoices):
    """How far a document had come; one written stage may tell of several: 修订草案."""

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
    """One thing that results are counted and narrowed by.

    Without choices its values are numbers.
    """

    name: str
    label: str
    choices: tuple[tuple[str, str], ...] = ()


# A document has any number of values of each. Organizations come with a role, so engines keep them apart.
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

# As the page shows them.
FACETS = (CATEGORIES[0], ORGANIZATION, ROLE, *CATEGORIES[1:])


def next_steps_told_by(written: str) -> tuple[str, ...]:
    """修改完善后提请市委常委会审议 → to the party, after revision.

    OTHER for what the table does not hold.
    """
    return _told_by(written, _WORDS_OF_NEXT_STEPS, NextStep.OTHER)


def stages_told_by(written: str) -> tuple[str, ...]:
    """修订草案 → a draft and a revision; OTHER for what the table does not hold."""
    return _told_by(written, _WORDS_OF_STAGES, Stage.OTHER)


def topics_of(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the classes of an item with those above them: 10.2 is also 10; a code of no class is none."""
    known = [topic_classes()[code] for code in codes if code in topic_classes()]
    return tuple(dict.fromkeys(code for topic in known for code in (topic.code, topic.main_code)))


def _told_by(written: str, table: Mapping[Any, tuple[str, ...]], other: TextChoices) -> tuple[str, ...]:
    if not written:
        return ()
    told = tuple(kind.value for kind, words in table.items() if any(word in written for word in words))
    return told or (str(other.value),)
