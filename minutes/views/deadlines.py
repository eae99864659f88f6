import datetime

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from minutes.follow_up import answered_for_by, deadlines_on_record, past, standing, undated, upcoming, with_items
from minutes.forms import ALL, Asked, OrganizationField, body_field
from minutes.models import Deadline
from minutes.views.pagination import page_of

DEADLINES_A_PAGE = 30
UPCOMING, PAST, UNDATED = "upcoming", "past", "undated"
WHEN = {UPCOMING: "今天以后", PAST: "已过日期", UNDATED: "日期未定"}


class DeadlinesAsked(Asked):
    organization = OrganizationField()
    year = forms.ChoiceField(label="到期年份", required=False)
    body = body_field()

    def __init__(self, data):
        super().__init__(data)
        years = deadlines_on_record().dates("date", "year", order="DESC")
        self.fields["year"].choices = [("", ALL), *((str(day.year), f"{day.year}年") for day in years)]

    def narrowed(self, deadlines: QuerySet[Deadline]) -> QuerySet[Deadline]:
        """The deadlines that meet every condition."""
        if organization := self.value("organization"):
            deadlines = deadlines.filter(answered_for_by(organization))
        if year := self.value("year"):
            deadlines = deadlines.filter(date__year=year)
        if body := self.value("body"):
            deadlines = deadlines.filter(decision__item__meeting__body=body)
        return deadlines


@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    """The register of deadlines: those to come, those past, and those without a certain day."""
    today = timezone.localdate()
    asked = DeadlinesAsked(request.GET)
    groups = grouped(asked.narrowed(deadlines_on_record()), today)
    counts = {when: rows.count() for when, rows in groups.items()}
    when = request.GET.get("when")
    if when not in WHEN:
        when = next((each for each in WHEN if counts[each]), UPCOMING)
    page = page_of(request, with_items(groups[when]), DEADLINES_A_PAGE)
    return render(
        request,
        "minutes/deadlines.html",
        {
            "asked": asked,
            "today": today,
            "when": when,
            "tabs": [(each, WHEN[each], counts[each]) for each in WHEN],
            "page": page,
            "standing": standing(page, today),
        },
    )


def grouped(deadlines: QuerySet[Deadline], today: datetime.date) -> dict[str, QuerySet[Deadline]]:
    """The deadlines by where they lie beside today."""
    return {UPCOMING: upcoming(deadlines, today), PAST: past(deadlines, today), UNDATED: undated(deadlines)}
