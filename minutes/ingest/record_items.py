"""Store the items of a meeting with paragraphs, units, decisions and documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from minutes.ingest.actor_links import ActorLinks
from minutes.ingest.enums import action_kind_of, outcome_of
from minutes.ingest.problems import ProblemList
from minutes.ingest.resolve import documents_titled
from minutes.ingest.stable_ids import StableIds
from minutes.models import (
    Action,
    ActorRole,
    AgendaItem,
    Decision,
    Document,
    DocumentReference,
    Involvement,
    InvolvementRole,
    ItemTopic,
    Meeting,
    Organization,
    Paragraph,
    ReferenceKind,
    TaskKind,
)
from minutes.parser import types as parsed
from minutes.parser.items.documents import base_title, documents_in
from minutes.parser.problems.recorded import unknown_words
from minutes.parser.source_text import track
from minutes.parser.vocabulary.organizations import find_units

ParsedAndRow = tuple[parsed.AgendaItem, AgendaItem]
DecisionAndRow = tuple[parsed.Decision, Decision]


def record_items(
    items: Iterable[parsed.AgendaItem],
    meeting: Meeting,
    links: ActorLinks,
    stable_ids: StableIds,
    problems: ProblemList,
) -> list[DecisionAndRow]:
    """Store all rows of all items, with one or two statements per table.

    Return the decisions with their rows.
    """
    items = list(items)
    for item in items:
        for problem in unknown_words(item):
            problems.add(problem.code, problem.message, problem.span)
    pairs = [(item, item_row(item, meeting)) for item in items]
    create = stable_ids.create
    create(AgendaItem, (row for _, row in pairs))
    create(Paragraph, (each for item, row in pairs for each in paragraphs_of(item, row, problems)))
    create(Action, (each for item, row in pairs for each in actions_of(item, row, problems)))
    create(ItemTopic, (each for item, row in pairs for each in topics_of(item, row)))
    involvements = {row.pk: list(involvements_of(item, row, links)) for item, row in pairs}
    create(Involvement, (each for of_item in involvements.values() for each in of_item))
    decided = record_decisions(pairs, involvements, links.organizations, stable_ids, problems)
    record_references(pairs, meeting, stable_ids, problems)
    return decided


def item_row(item: parsed.AgendaItem, meeting: Meeting) -> AgendaItem:
    return AgendaItem(
        meeting=meeting,
        position=item.position,
        title=item.title.value,
        title_derived=item.title_derived,
        **item.span._asdict(),
    )


def paragraphs_of(item: parsed.AgendaItem, row: AgendaItem, problems: ProblemList) -> Iterator[Paragraph]:
    for position, paragraph in enumerate(item.paragraphs, start=1):
        yield Paragraph(
            item=row,
            position=position,
            marker=problems.fitting((Paragraph, "marker"), paragraph.marker, paragraph.span),
            text=paragraph.text,
            **paragraph.span._asdict(),
        )


def actions_of(item: parsed.AgendaItem, row: AgendaItem, problems: ProblemList) -> Iterator[Action]:
    for action in item.actions:
        written = problems.fitting((Action, "written"), action.value, action.span)
        yield Action(item=row, kind=action_kind_of(action.value), written=written, **action.span._asdict())


def topics_of(item: parsed.AgendaItem, row: AgendaItem) -> Iterator[ItemTopic]:
    for position, topic in enumerate(item.topics, start=1):
        yield ItemTopic(item=row, position=position, code=topic.code, words=list(topic.words))


# Units.


def units_in(item: parsed.AgendaItem) -> Iterator[tuple[InvolvementRole, parsed.Field[str]]]:
    """Yield the units of an item with their roles, mentions last.

    The span of a mention is that of its passage.
    """
    yield from units_with_role(item)
    yield from ((InvolvementRole.MENTIONED, unit) for unit in mentioned_units(item))


def units_with_role(item: parsed.AgendaItem) -> Iterator[tuple[InvolvementRole, parsed.Field[str]]]:
    """Yield the units of the decisions, and those that reported."""
    for decision in item.decisions:
        yield from units_of_decision(decision)
    yield from ((InvolvementRole.REPORTING, unit) for unit in item.reported_by)


def mentioned_units(item: parsed.AgendaItem) -> Iterator[parsed.Field[str]]:
    passages = [(item.title.value, item.title.span)]
    passages += [(paragraph.text, paragraph.span) for paragraph in item.paragraphs]
    for text, span in passages:
        yield from (parsed.Field(unit.value, span) for unit in find_units(text))


def units_of_decision(decision: parsed.Decision) -> Iterator[tuple[InvolvementRole, parsed.Field[str]]]:
    yield from ((InvolvementRole.LEAD, unit) for unit in decision.lead)
    yield from ((InvolvementRole.SUPPORTING, unit) for unit in decision.supporting)


def involvements_of(item: parsed.AgendaItem, row: AgendaItem, links: ActorLinks) -> Iterator[Involvement]:
    """Yield each unit once per role; mentions only for units without a role."""
    named = links.organizations.get
    units = [
        *((role, unit, named(unit.value)) for role, unit in units_with_role(item)),
        *((InvolvementRole.RESPONSIBLE, *each) for each in units_given_tasks(item, links)),
        *((InvolvementRole.MENTIONED, unit, named(unit.value)) for unit in mentioned_units(item)),
    ]
    roles_by_unit: dict[Organization, set[InvolvementRole]] = {}
    for role, unit, organization in units:
        if organization is None:
            continue
        roles = roles_by_unit.setdefault(organization, set())
        if role in roles or (role == InvolvementRole.MENTIONED and roles):
            continue
        roles.add(role)
        yield Involvement(item=row, organization=organization, role=role, written=unit.value, **unit.span._asdict())


def units_given_tasks(
    item: parsed.AgendaItem, links: ActorLinks
) -> Iterator[tuple[parsed.Field[str], Organization | None]]:
    """Yield units given tasks, except procedures on the item's document."""
    for task in item.tasks:
        for actor in task.actors:
            if task.kind == TaskKind.WORK and actor.role in (ActorRole.LEAD, ActorRole.SUPPORTING):
                yield parsed.Field(actor.text, actor.span), links.organization_of(actor)


# Decisions.


def record_decisions(
    pairs: Iterable[ParsedAndRow],
    involvements: Mapping[int, list[Involvement]],
    organizations: Mapping[str, Organization],
    stable_ids: StableIds,
    problems: ProblemList,
) -> list[DecisionAndRow]:
    decided = [
        (decision, decision_row(decision, position, row, problems))
        for item, row in pairs
        for position, decision in enumerate(item.decisions, 1)
    ]
    stable_ids.create(Decision, (row for _, row in decided))
    links = (
        Decision.units.through(decision=row, involvement=involvement)
        for decision, row in decided
        for involvement in involvements_in(decision, involvements[row.item_id], organizations)
    )
    Decision.units.through.objects.bulk_create(links)
    return decided


def involvements_in(
    decision: parsed.Decision, of_item: list[Involvement], organizations: Mapping[str, Organization]
) -> list[Involvement]:
    """Return the item's involvements that lead or support one of its decisions."""
    named = {(role, organizations.get(unit.value)) for role, unit in units_of_decision(decision)}
    return [involvement for involvement in of_item if (involvement.role, involvement.organization) in named]


def decision_row(decision: parsed.Decision, position: int, item: AgendaItem, problems: ProblemList) -> Decision:
    row = Decision(item=item, position=position, **decision.span._asdict())
    if outcome := decision.outcome:
        row.outcome = outcome_of(outcome.value)
        row.outcome_text = problems.fitting((Decision, "outcome_text"), outcome.value, outcome.span)
        row.spans["outcome"] = list(outcome.span)
    if next_step := decision.next_step:
        row.next_step = problems.fitting((Decision, "next_step"), next_step.value, next_step.span)
        row.spans["next_step"] = list(next_step.span)
    return row


# Documents.


def record_references(
    pairs: Iterable[ParsedAndRow], meeting: Meeting, stable_ids: StableIds, problems: ProblemList
) -> None:
    references = [(row, *each) for item, row in pairs for each in references_in(item, problems)]
    fitting = [
        (row, kind, title, mention)
        for row, kind, title, mention in references
        if problems.fitting((Document, "title"), title, mention.span)
    ]
    documents = documents_titled((title for _, _, title, _ in fitting), meeting.body)
    rows = (
        DocumentReference(
            item=row,
            document=stable_ids.record_at(mention.span, documents[title]),
            kind=kind,
            stage=problems.fitting((DocumentReference, "stage"), mention.stage, mention.span),
            short_title=problems.fitting((DocumentReference, "short_title"), mention.short_title, mention.span),
            **mention.span._asdict(),
        )
        for row, kind, title, mention in fitting
    )
    stable_ids.create(DocumentReference, rows)


def references_in(
    item: parsed.AgendaItem, problems: ProblemList
) -> Iterator[tuple[ReferenceKind, str, parsed.DocumentMention]]:
    """Yield the item's subject documents, then other mentions, by shared titles."""
    titles_by_short_title: dict[str, set[str]] = {}
    for document in item.documents:
        title = base_title(document.title, document.stage)
        titles_by_short_title.setdefault(document.short_title or "", set()).add(title)
        yield ReferenceKind.SUBJECT, title, document
    for field in item.mentions:
        mention = mention_with_stage(field)
        meant = titles_by_short_title.get(field.value, {base_title(mention.title, mention.stage)})
        if len(meant) > 1:
            meanings = "、".join(f"《{title}》" for title in sorted(meant))
            message = f"简称《{field.value}》可能指{meanings}，未关联，请核对。"
            problems.add("ambiguous-short-title", message, field.span)
        else:
            yield ReferenceKind.MENTION, next(iter(meant)), mention


def mention_with_stage(field: parsed.Field[str]) -> parsed.DocumentMention:
    """Parse a mentioned title as the parser does for subjects."""
    documents = documents_in(track(f"《{field.value}》"))
    stage = documents[0].mention.stage if len(documents) == 1 else None
    return parsed.DocumentMention(field.value, stage, None, field.span)
