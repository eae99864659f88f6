"""Pages of each kind, by the name under which their times are shown."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Model, QuerySet

from minutes.models import AgendaItem, Body, Document, Meeting, Organization, Person

OF_EACH_KIND = 4


def addresses() -> dict[str, list[str]]:
    """Return some addresses of each kind of page, of records spread over the archive."""
    read, made_up = Meeting.objects.exclude(parser_version="made up"), Meeting.objects.filter(parser_version="made up")
    pages = {
        "first page": ["/"],
        "results of a word": [search(q=word) for word in ("安全生产", "老旧小区", "市财政局", "资金")],
        "results of several words": [
            search(q=words) for words in ("老旧小区 资金", "污染防治 OR 防汛", "“专项整治”", "检查 -安全")
        ],
        "results with conditions": [
            search(q="改造", year=2019),
            search(q="安全", date_after="2010-01-01", date_before="2015-12-31"),
            search(q="资金", outcome="approved_in_principle", sort="newest"),
            search(q="整改", page=2),
        ],
        "results without words": [search(), search(year=2020)],
        "nothing found": [search(q="飞碟 老旧小区"), search(q="幽灵船")],
        "meeting": [*pages_of(made_up), *pages_of(read)],
        "item": [*pages_of(AgendaItem.objects.filter(meeting__in=made_up)), *pages_of(of_samples(read))],
        "meetings of a year": ["/meetings/", "/meetings/?year=2012"],
        "tasks": ["/tasks/", "/tasks/?deadline=any"],
        "documents": ["/documents/", "/documents/?page=2"],
        "organizations": ["/organizations/"],
        "people": ["/people/"],
        "document": pages_of(Document.objects.published()),
        "organization": pages_of(Organization.objects.published()),
        "person": pages_of(Person.objects.published()),
        "body": pages_of(Body.objects.published()),
        "calendar": ["/meetings/calendar/2019/"],
        "feed": ["/feeds/meetings/"],
    }
    for size in (20, 50):
        pages[f"API, {size} items"] = [f"/api/v1/items/?page_size={size}"]
        for name in ("meetings", "decisions", "tasks", "attendance"):
            pages[f"API, {size} {name}"] = [f"/api/v1/{name}/?page_size={size}"]
    pages["API, results"] = [f"/api/v1/search/?{urlencode({'q': '老旧小区'})}"]
    pages["API, an item"] = [f"/api/v1/items/{of_samples(read).last().pk}/"]
    return pages


def search(**parameters: object) -> str:
    return f"/search/?{urlencode(parameters)}"


def of_samples(read: QuerySet[Meeting]) -> QuerySet[AgendaItem]:
    """Return the items that the parser read, which have tasks and topics; made-up ones have none."""
    return AgendaItem.objects.filter(meeting__in=read)


def pages_of(records: QuerySet) -> list[str]:
    """Return the pages of some records, evenly spread over all of them."""
    ids = list(records.order_by("pk").values_list("pk", flat=True))
    chosen = ids[:: max(1, len(ids) // OF_EACH_KIND)][:OF_EACH_KIND]
    kept: dict[int, Model] = records.model.objects.in_bulk(chosen)
    return [kept[number].get_absolute_url() for number in chosen]
