from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from minutes.models import AgendaItem, DocumentReference, Meeting, ReferenceKind, Task
from pages.embedding.code import embedding_code
from pages.highlight import runs_of, words_to_mark
from pages.items.decided_items import DecidedItem, decided, with_decisions
from pages.items.decision_card import cards_of
from pages.items.similar import SimilarItems, similar_items
from pages.tasks.rows import rows_of, task_list_of, with_parts
from pages.withdrawn import gone_if_withdrawn


@require_safe
@gone_if_withdrawn("meeting_pk")
def item(request: HttpRequest, meeting_pk: int, position: int) -> HttpResponse:
    """Show an item: decisions, text, documents and units; ?marked= highlights."""
    # Queried by meeting: a number out of range of the database finds nothing instead of failing.
    meeting = Meeting.objects.filter(pk=meeting_pk)
    of_meeting = AgendaItem.objects.published().filter(meeting__in=meeting)
    tasks = Prefetch("tasks", with_parts(Task.objects.order_by("position")))
    shown = with_decisions(of_meeting).prefetch_related("paragraphs", "actions", "topics", tasks)
    item = get_object_or_404(shown, position=position)
    references = list(item.references.select_related("document"))
    subjects = once_per_document(references, ReferenceKind.SUBJECT)
    mentions = once_per_document(references, ReferenceKind.MENTION)
    facts = decided(item)
    words = words_to_mark(request.GET)
    paragraphs = [(paragraph, runs_of(paragraph.text, words)) for paragraph in item.paragraphs.all()]
    return render(
        request,
        "pages/items/item.html",
        {
            "item": item,
            "meeting": item.meeting,
            "decided": facts,
            "cards": cards_of(facts),
            "tasks": task_list_of(rows_of(item.tasks.all())),
            "embedding_code": embedding_code(item, request.build_absolute_uri),
            "paragraphs": paragraphs,
            "words_marked": dict.fromkeys(run.text for _, runs in paragraphs for run in runs if run.marked),
            "subjects": subjects,
            "mentions": [reference for reference in mentions if reference.document not in documents_of(subjects)],
            "similar": SimilarItems() if subjects else similar_items(item, units_with_role(facts)),
            "earlier": neighbours(of_meeting).filter(position__lt=position).order_by("-position").first(),
            "later": neighbours(of_meeting).filter(position__gt=position).order_by("position").first(),
        },
    )


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
    told = (facts.lead, facts.supporting, facts.reporting)
    return {involvement.organization_id for units in told for involvement in units}


def neighbours(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    return items.only("meeting_id", "position", "title")
