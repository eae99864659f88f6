"""The timeline of a document: reviewed, sent on, issued, amended, repealed.

It has the steps found in published minutes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, TextChoices

from minutes.models import ActionKind, AgendaItem, Decision, Document, DocumentReference, ReferenceKind

# 提请市委常委会审议 · 按程序报批 · 报区人大常委会备案: another body deals with it next.
WORDS_OF_SENDING = ("提请", "报请", "报送", "上报", "报批", "报市", "报县", "报区", "报省", "报州", "报国")
# 适时再次提请市政府常务会议审议: the same body deals with it again.
WORDS_OF_COMING_BACK = ("再次提请", "重新提请")
# 按程序印发实施 · 按程序发文 · 以市政府令公布
WORDS_OF_ISSUING = ("印发", "发文", "发布", "公布")
# （修订草案） · （修正案草案）: a draft amending a document in force. A 修订稿 is only a later draft.
STAGES_OF_AMENDING = ("修订草案", "修正")


class Step(TextChoices):
    """A step of a document, in the usual order."""

    REVIEWED = "reviewed", "上会"
    SENT_ON = "sent-on", "提请或报送"
    ISSUED = "issued", "印发或公布"
    AMENDED = "amended", "修订"
    REPEALED = "repealed", "废止"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step and the first item that took it; `item` is None if none is known."""

    step: Step
    item: AgendaItem | None

    @property
    def date(self) -> datetime.date | None:
        return self.item.meeting.date if self.item else None

    @property
    def words(self) -> str:
        """Return the next step as written: where it was sent, or how it was issued."""
        words = {Step.SENT_ON: WORDS_OF_SENDING, Step.ISSUED: WORDS_OF_ISSUING}.get(self.step)
        if not self.item or not words:
            return ""
        return next(step for step in next_steps_of(self.item) if any(word in step for word in words))


def steps_of(item: AgendaItem, stage: str, only_subject: bool) -> set[Step]:
    """Return the steps a document took in an item about it.

    If the item is about several documents, with both 审议 and 废止, it is undecidable which one is repealed.
    """
    steps = {Step.REVIEWED}
    for next_step in next_steps_of(item):
        if any(word in next_step for word in WORDS_OF_SENDING):
            if not any(word in next_step for word in WORDS_OF_COMING_BACK):
                steps.add(Step.SENT_ON)
        elif any(word in next_step for word in WORDS_OF_ISSUING):
            steps.add(Step.ISSUED)
    kinds = kinds_of(item)
    if ActionKind.REPEAL in kinds:
        # Then the repeal is what is published.
        steps.discard(Step.ISSUED)
    if only_subject or len(kinds) == 1:
        steps |= {Step.REPEALED} if ActionKind.REPEAL in kinds else set()
        steps |= {Step.AMENDED} if ActionKind.AMEND in kinds else set()
    if stage.startswith(STAGES_OF_AMENDING):
        steps.add(Step.AMENDED)
    return steps


def next_steps_of(item: AgendaItem) -> list[str]:
    return [decision.next_step for decision in item.decisions.all() if decision.next_step]


def kinds_of(item: AgendaItem) -> set[str]:
    """Return the kinds of action of an item; 审议废止《…》 has two, and is a repeal."""
    actions = sorted(item.actions.all(), key=lambda action: action.start)
    followed = zip(actions, [*actions[1:], None], strict=True)
    return {action.kind for action, following in followed if not following or action.end != following.start}


def milestones(document: Document) -> list[Milestone]:
    """Return every step of a document with the first item that took it."""
    first: dict[Step, AgendaItem] = {}
    for item in items_about(document):
        mine = [reference for reference in item.references.all() if reference.document_id == document.pk]
        stage = next((reference.stage for reference in mine if reference.stage), "")
        only_subject = len({reference.document_id for reference in item.references.all()}) == 1
        for step in steps_of(item, stage, only_subject):
            first.setdefault(step, item)
    return [Milestone(step, first.get(step)) for step in Step]


def items_about(document: Document) -> Iterable[AgendaItem]:
    """Return the published items about the document, oldest first."""
    subject = DocumentReference.objects.filter(kind=ReferenceKind.SUBJECT)
    return (
        AgendaItem.objects.published_each()
        .filter(pk__in=subject.filter(document=document).values("item"))
        .select_related("meeting")
        .prefetch_related("actions", "decisions", Prefetch("references", subject))
        .order_by(F("meeting__date").asc(nulls_last=True), "meeting", "position")
    )


def any_word(field: str, words: Iterable[str]) -> Q:
    condition = Q()
    for word in words:
        condition |= Q(**{f"{field}__icontains": word})
    return condition


def sent_on_without_later_record(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Return documents sent on to another body, and not named by a later meeting."""
    published = DocumentReference.objects.published_each()
    later = published.filter(document=OuterRef("document"), item__meeting__date__gt=OuterRef("item__meeting__date"))
    sends, returns_to_same_body = (any_word("next_step", words) for words in (WORDS_OF_SENDING, WORDS_OF_COMING_BACK))
    sending = Decision.objects.filter(sends, ~returns_to_same_body, item=OuterRef("item"))
    sent = published.filter(Exists(sending), ~Exists(later), kind=ReferenceKind.SUBJECT)
    return documents.filter(Exists(sent.filter(document=OuterRef("pk"))))
