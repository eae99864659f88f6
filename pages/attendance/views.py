from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from open_data.spreadsheets import csv_response
from pages.attendance.matrix import Matrix, State, bodies_on_record, matrix_of, year_to_open, years_of
from pages.chosen_body import requested_body


class MatrixForm(forms.Form):
    """The body and year to show; by default those of the latest meeting."""

    body = forms.ChoiceField(label="会议主体", required=False)
    year = forms.ChoiceField(label="年份", required=False)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(auto_id="by-%s")
        bodies, year = bodies_on_record(), request.GET.get("year", "")
        self.chosen_body = requested_body(request, bodies)
        years = years_of(self.chosen_body) if self.chosen_body else {}
        self.chosen_year = chosen_year(years, year)
        self.year_without_meetings = year if year != str(self.chosen_year) else ""
        self.fields["body"].choices = [(body.pk, body.name) for body in bodies]
        self.fields["year"].choices = [(year, f"{year}年") for year in years]
        self.initial = {"body": self.chosen_body and self.chosen_body.pk, "year": self.chosen_year}

    @property
    def matrix(self) -> Matrix | None:
        """Return the matrix, or None without any attendance in the archive."""
        return matrix_of(self.chosen_body, self.chosen_year) if self.chosen_body and self.chosen_year else None


def chosen_year(offered: dict[int, int], requested: str) -> int | None:
    """Return the requested year or the default one; raise Http404 if not a year.

    A year without meetings of the body falls back to the default, and the page says so: changing the body in the form
    keeps the year.
    """
    if not requested:
        return year_to_open(offered)
    if not (requested.isascii() and requested.isdigit()):
        raise Http404("no such year")
    return int(requested[:5]) if int(requested[:5]) in offered else year_to_open(offered)


@require_safe
def attendance_matrix(request: HttpRequest) -> HttpResponse:
    """Show how the minutes of a year list each unit."""
    form = MatrixForm(request)
    return render(request, "pages/attendance/matrix.html", {"form": form, "matrix": form.matrix, "states": State})


@require_safe
def attendance_csv(request: HttpRequest) -> HttpResponse:
    """Export the matrix as CSV."""
    form = MatrixForm(request)
    matrix = form.matrix
    if matrix is None or form.year_without_meetings:
        raise Http404("no attendance on record")
    return csv_response(f"{form.chosen_body}{form.chosen_year}年出席表.csv", matrix.as_table())
