from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minutes.models import AgendaItem, DocumentReference, ReferenceKind
from minutes.models.parts import load_matters, load_tasks, load_texts
from minutes.models.prepared import first_or_404, prepared
from pages.embedding.code import embedding_code
from pages.highlight import mark_words, words_to_mark
from pages.items.decided_items import DecidedItem, decided_items
from pages.items.decision_card import cards_of
from pages.items.similar import SimilarItems, similar_items
from pages.tasks.rows import rows_of, task_list_of
from pages.withdrawn import gone_if_withdrawn


@require_safe
@gone_if_withdrawn("meeting_pk")
def item(request: HttpRequest, meeting_pk: int, position: int) -> HttpResponse:
    """Show an item: decisions, text, documents and units; ?marked= highlights."""
    item = first_or_404(_item(meeting_pk, position))
    load_texts([item])
    load_matters([item])
    tasks = load_tasks([item])
    for task in tasks:
        task.meeting = item.meeting
    [facts] = decided_items([item])
    references = item.references.all()
    subjects = once_per_document(references, ReferenceKind.SUBJECT)
    mentions = once_per_document(references, ReferenceKind.MENTION)
    words = words_to_mark(request.GET)
    paragraphs = [(paragraph, mark_words(paragraph.text, words)) for paragraph in item.paragraphs.all()]
    return render(
        request,
        "pages/items/item.html",
        {
            "item": item,
            "meeting": item.meeting,
            "decided": facts,
            "cards": cards_of(facts),
            "tasks": task_list_of(rows_of(tasks)),
            "embedding_code": embedding_code(item, request.build_absolute_uri),
            "paragraphs": paragraphs,
            "words_marked": dict.fromkeys(part.text for _, parts in paragraphs for part in parts if part.marked),
            "subjects": subjects,
            "mentions": [reference for reference in mentions if reference.document not in documents_of(subjects)],
            "similar": SimilarItems() if subjects else similar_items(item, units_with_role(facts)),
            "earlier": next(iter(_earlier(meeting_pk, position)), None),
            "later": next(iter(_later(meeting_pk, position)), None),
        },
    )


@prepared
def _item(meeting: int, position: int) -> QuerySet[AgendaItem]:
    items = AgendaItem.objects.published_each().filter(meeting=meeting, position=position)
    return items.order_by().select_related("meeting__body")


@prepared
def _earlier(meeting: int, position: int) -> QuerySet[AgendaItem]:
    return neighbours(meeting).filter(position__lt=position).order_by("-position")[:1]


@prepared
def _later(meeting: int, position: int) -> QuerySet[AgendaItem]:
    return neighbours(meeting).filter(position__gt=position).order_by("position")[:1]


def once_per_document(references: list[DocumentReference], kind: ReferenceKind) -> list[DocumentReference]:
    """Return the first reference of this kind to each document, in text order."""
    first: dict[int, DocumentReference] = {}
    for reference in references:
        if reference.kind == kind:
            first.setdefault(reference.document_id, reference)
    return list(first.values())


def documents_of(references: list[DocumentReference]) -> list:
    return [reference.document for reference in references]


def units_with_role(facts: DecidedItem) -> set[int]:
    """Return the ids of the units that lead, support or report in an item."""
    with_role = (facts.lead, facts.supporting, facts.reporting)
    return {involvement.organization_id for units in with_role for involvement in units}


def neighbours(meeting: int) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting=meeting).only("meeting_id", "position", "title")
