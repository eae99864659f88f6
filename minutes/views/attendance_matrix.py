import csv

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from minutes.attendance_matrix import Matrix, State, bodies_on_record, matrix_of, years_of
from minutes.models import Body

# A spreadsheet takes a cell that begins like this for a formula and would carry it out.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class MatrixAsked(forms.Form):
    """Whose meetings, and of which year; without an answer those of the body that met last, in its last year."""

    body = forms.ChoiceField(label="会议主体", required=False)
    year = forms.ChoiceField(label="年份", required=False)

    def __init__(self, data):
        super().__init__(auto_id="by-%s")
        bodies = bodies_on_record()
        self.chosen_body = chosen(bodies, data.get("body"))
        years = years_of(self.chosen_body) if self.chosen_body else []
        self.chosen_year = chosen(years, data.get("year"), otherwise_first=True)
        self.fields["body"].choices = [(body.pk, body.name) for body in bodies]
        self.fields["year"].choices = [(year, f"{year}年") for year in years]
        self.initial = {"body": self.chosen_body and self.chosen_body.pk, "year": self.chosen_year}

    @property
    def matrix(self) -> Matrix | None:
        """The matrix asked for; None where the archive has no attendance to show."""
        return matrix_of(self.chosen_body, self.chosen_year) if self.chosen_body and self.chosen_year else None


def chosen(offered: list, asked: str | None, otherwise_first: bool = False):
    """What was asked for among what is offered, the first without a question; Http404 for what is not offered.

    A year that only the body chosen before had gives way to the first one: who changes the body keeps the form.
    """
    if not asked:
        return offered[0] if offered else None
    for each in offered:
        if asked == str(each.pk if isinstance(each, Body) else each):
            return each
    if otherwise_first and asked.isdigit():
        return offered[0] if offered else None
    raise Http404("no such choice")


@require_safe
def attendance_matrix(request: HttpRequest) -> HttpResponse:
    """Units by meetings: how the minutes of a year list each unit."""
    asked = MatrixAsked(request.GET)
    return render(request, "minutes/attendance_matrix.html", {"asked": asked, "matrix": asked.matrix, "states": State})


@require_safe
def attendance_csv(request: HttpRequest) -> HttpResponse:
    """The same matrix as CSV, for a spreadsheet: UTF-8 with a mark, which Excel needs to read Chinese."""
    asked = MatrixAsked(request.GET)
    matrix = asked.matrix
    if matrix is None:
        raise Http404("no attendance on record")
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = f"{asked.chosen_body}{asked.chosen_year}年出席表.csv"
    response["Content-Disposition"] = content_disposition_header(True, name)
    csv.writer(response).writerows([harmless(cell) for cell in row] for row in matrix.as_table())
    return response


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
