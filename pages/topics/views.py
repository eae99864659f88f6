from dataclasses import dataclass

from django.db.models import Count, F, QuerySet
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minutes.filters import ItemFilter
from minutes.models import AgendaItem, InvolvementRole, ItemTopic
from minutes.parser.topics.classes import TopicClass, topic_classes
from pages.items.decided_items import decided_items
from pages.lists.filter_form import ListFilters, bodies_to_choose
from pages.lists.pagination import page_of

ITEMS_A_PAGE = 30
TOP_UNITS = 12


@dataclass(frozen=True, slots=True)
class ClassWithCount:
    """A class or sub-class and its number of published items."""

    topic: TopicClass
    count: int
    children: list["ClassWithCount"]


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """List the topic classes with numbers of published items; ?body= filters them."""
    bodies = bodies_to_choose()
    filters = ListFilters(ItemFilter, request.GET, AgendaItem.objects.published(), {"body": bodies, "year": None})
    classes = classes_with_counts(filters.records)
    context = {"classes": classes, "filters": filters, "without": filters.records.filter(topics=None).count()}
    return render(request, "pages/topics/topics.html", context)


@require_safe
def topic(request: HttpRequest, code: str) -> HttpResponse:
    """List the items of a class, latest first, with years, bodies and units."""
    topic_class = topic_classes().get(code)
    if topic_class is None:
        raise Http404("no such topic")
    of_topic = AgendaItem.objects.published().filter(pk__in=items_of(code))
    filters = ListFilters(ItemFilter, request.GET, of_topic, {"body": bodies_to_choose(), "year": None})
    page = page_of(request, filters.records.order_by(F("meeting__date").desc(nulls_last=True), "-pk"), ITEMS_A_PAGE)
    shown = AgendaItem.objects.select_related("meeting__body").in_bulk([item.pk for item in page])
    context = {
        "topic": topic_class,
        "parent": topic_classes()[topic_class.main_code],
        "children": [each for each in topic_classes().values() if each.code.startswith(f"{code}.")],
        "filters": filters,
        "page": page,
        "decisions": decided_items(shown[item.pk] for item in page),
        "years": years_of(filters.records),
        "units": units_of(filters.records),
        "bodies": bodies_of(of_topic),
    }
    return render(request, "pages/topics/topic.html", context)


def items_of(code: str) -> QuerySet[ItemTopic]:
    """Return the ids of the items with a class or one of its sub-classes."""
    return ItemTopic.objects.filter(code__startswith=code).values("item")


def classes_with_counts(items: QuerySet[AgendaItem]) -> list[ClassWithCount]:
    """Return the classes with items, each item counted once per class, in order."""
    rows = ItemTopic.objects.filter(item__in=items.order_by().values("pk")).values_list("code", "item")
    members: dict[str, set[int]] = {}
    for code, item in rows:
        members.setdefault(code, set()).add(item)
        members.setdefault(code[:2], set()).add(item)
    return [
        ClassWithCount(
            main,
            len(members[main.code]),
            [
                ClassWithCount(each, len(members[each.code]), [])
                for each in topic_classes().values()
                if each.main_code == main.code != each.code and each.code in members
            ],
        )
        for main in topic_classes().values()
        if main.code == main.main_code and main.code in members
    ]


def years_of(items: QuerySet[AgendaItem]) -> list[dict]:
    dated = items.exclude(meeting__date=None).order_by().values(year=ExtractYear("meeting__date"))
    return list(dated.annotate(count=Count("pk")).order_by("-year"))


def bodies_of(items: QuerySet[AgendaItem]) -> list[dict]:
    named = items.order_by().values(pk_of_body=F("meeting__body"), name=F("meeting__body__name"))
    return list(named.annotate(count=Count("pk")).order_by("-count", "name"))


def units_of(items: QuerySet[AgendaItem]) -> list[dict]:
    """Return the units that lead most of the items, with their bodies' names."""
    leading = items.filter(involvements__role=InvolvementRole.LEAD).order_by()
    named = leading.values(
        unit=F("involvements__organization"),
        name=F("involvements__organization__name"),
        body=F("involvements__organization__body__name"),
    )
    return list(named.annotate(count=Count("pk", distinct=True)).order_by("-count", "name")[:TOP_UNITS])
