from dataclasses import dataclass

from django.db.models import Count, F, Max, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minutes.documents.timeline import milestones, sent_on_without_later_record
from minutes.filters import DocumentFilter
from minutes.filters.conditions import stages_on_record
from minutes.filters.tasks import TaskOrder, in_order
from minutes.models import AgendaItem, Document, DocumentReference, Meeting, ReferenceKind, Task
from minutes.models.prepared import first_or_404, prepared
from pages.items.decided_items import DecidedItem, decided_items
from pages.lists.filter_form import ListFilters, bodies_to_choose
from pages.lists.pagination import page_of
from pages.redirects import redirect_merged
from pages.tasks.rows import rows_of, with_place

DOCUMENTS_A_PAGE = 50
APPEARANCES_A_PAGE = 50
TASKS_SHOWN = 20


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """List the documents of published meetings, the latest first, filtered."""
    stages = [(stage, stage) for stage in stages_on_record()]
    shown = {"title": None, "body": bodies_to_choose(), "stage": stages, "state": None}
    filters = ListFilters(DocumentFilter, request.GET, Document.objects.order_by(), shown)
    references = DocumentReference.objects.published()
    if filters.in_force:
        references = references.filter(document__in=filters.records)
    page = page_of(request, latest_first(references), DOCUMENTS_A_PAGE)
    # One may be gone since it was found.
    context = {"page": page, "filters": filters, "documents": _with_dates(page.object_list)}
    return render(request, "pages/documents/documents.html", context)


def latest_first(references: QuerySet[DocumentReference]) -> list[int]:
    """Return the ids of these documents, the latest first: all, which takes no longer than to count them."""
    documents = references.order_by().values("document").annotate(last=Max("item__meeting__date"))
    in_order = documents.order_by(F("last").desc(nulls_last=True), "document__title")
    return list(in_order.values_list("document", flat=True))


@prepared
def _with_dates(pks: list[int]) -> QuerySet[Document]:
    return documents_with_dates().filter(pk__in=pks)


def documents_with_dates() -> QuerySet[Document]:
    """Return published documents with their last meeting date and count."""
    return (
        Document.objects.filter(references__item__meeting__in=Meeting.objects.published())
        .select_related("body")
        .annotate(
            last_date=Max("references__item__meeting__date"),
            meeting_count=Count("references__item__meeting", distinct=True),
        )
        .order_by(F("last_date").desc(nulls_last=True), "title")
    )


@dataclass(frozen=True, slots=True)
class Appearance:
    """A document in an item: the decision there, and the kind of reference."""

    decided: DecidedItem
    references: list[DocumentReference]

    @property
    def is_subject(self) -> bool:
        return any(reference.kind == ReferenceKind.SUBJECT for reference in self.references)

    @property
    def stage(self) -> str:
        return next((reference.stage for reference in self.references if reference.stage), "")

    @property
    def short_title(self) -> str:
        return next((reference.short_title for reference in self.references if reference.short_title), "")


@redirect_merged(Document.objects.published)
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a document and every item that refers to it, by date."""
    document = first_or_404(_with_dates([pk]))
    page = page_of(request, items_that_name(document), APPEARANCES_A_PAGE)
    return render(
        request,
        "pages/documents/document.html",
        {
            "document": document,
            "page": page,
            "appearances": [Appearance(each, each.item.references_here) for each in decided_items(page)],
            "milestones": milestones(document),
            "tasks": rows_of(_first_tasks(pk)),
            "tasks_count": len(_task_ids(pk)),
            "nothing_later": bool(_if_sent_on(pk)),
        },
    )


@prepared
def _first_tasks(document: int) -> QuerySet[Task]:
    tasks = Task.objects.published_each().filter(documents=document)
    return with_place(in_order(tasks, TaskOrder.OLDEST))[:TASKS_SHOWN]


@prepared
def _task_ids(document: int) -> QuerySet:
    return Task.objects.published_each().filter(documents=document).order_by().values_list("pk", flat=True)


@prepared
def _if_sent_on(pk: int) -> QuerySet:
    """Find the document if it was sent on, and nothing later is on record."""
    return sent_on_without_later_record(Document.objects.filter(pk=pk)).order_by().values_list("pk", flat=True)


def items_that_name(document: Document) -> QuerySet[AgendaItem]:
    """Return the published items that name a document, with `references_here`."""
    here = DocumentReference.objects.filter(document=document)
    items = AgendaItem.objects.published_each().filter(pk__in=here.values("item"))
    return (
        items.select_related("meeting__body")
        .prefetch_related(Prefetch("references", here, to_attr="references_here"))
        .order_by(F("meeting__date").asc(nulls_last=True), "meeting", "position")
    )
