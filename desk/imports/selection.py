"""The selection on the import page: single records, or a whole group."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Exists, Model, QuerySet
from django.http import HttpRequest

from desk.imports.groups import Group
from desk.shortcuts import parse_id
from minutes.models import Problem

MAX_CHOSEN = 500
NOTHING_CHOSEN = "没有选中任何一份。请先勾选，或勾选“这一组的全部”。"
CHANGED = "{count}份在您打开本页之后有了变化，没有处理。请看过现在的内容再决定。"
TOO_MANY = "一次最多处理{most}份，其余的请再做一次。"


def chosen_records(request: HttpRequest, group: Group) -> list[Model]:
    """Return the selected records still in the group; report how many are not."""
    if request.POST.get("all"):
        records = list(narrowed(group, request.POST)[: MAX_CHOSEN + 1])
    else:
        seen = dict(seen_record(value) for value in request.POST.getlist("chosen")[: MAX_CHOSEN + 1])
        current = group.records().filter(pk__in=[pk for pk in seen if pk is not None])
        records = [record for record in current if seen[record.pk] in ("", str(getattr(record, "revision", "")))]
        if changed := len(seen) - len(records):
            messages.error(request, CHANGED.format(count=changed))
        if not seen:
            messages.error(request, NOTHING_CHOSEN)
    if len(records) > MAX_CHOSEN:
        messages.warning(request, TOO_MANY.format(most=MAX_CHOSEN))
    return records[:MAX_CHOSEN]


def seen_record(value: str) -> tuple[int | None, str]:
    """Return the key and revision of a form value: 12.3; for an upload, 12."""
    pk, _, revision = value.partition(".")
    return parse_id(pk), revision


def narrowed(group: Group, params: dict[str, str]) -> QuerySet:
    """Return the records of the group, filtered by problem code if given."""
    records = group.records()
    if group.key == "doubts" and (code := params.get("code", "")):
        records = records.filter(Exists(Problem.objects.to_settle().filter(code=code).of_outer_meeting()))
    return records
