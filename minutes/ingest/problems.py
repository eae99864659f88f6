"""Problems found while recording a meeting, for a person to look at."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from minutes.ingest.stable_ids import StableIds
from minutes.models import Meeting
from minutes.models import Problem as ProblemRow
from minutes.parser.types import Problem, Span


class ProblemList:
    """The problems of one meeting, from the parser and from recording."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)

    def add(self, code: str, message: str, span: Span | None) -> None:
        """Add a problem, unless it is already listed for the same span."""
        if not any(problem.code == code and problem.span == span for problem in self.problems):
            self.problems.append(Problem(code, message, span))

    def fitting(self, column: tuple[type[models.Model], str], value: str | None, span: Span) -> str:
        """Return the value, or "" and add a problem if it is too long for the column."""
        model, name = column
        field = model._meta.get_field(name)
        if value and len(value) > field.max_length:
            described = f"{model._meta.verbose_name}的“{field.verbose_name}”"
            self.add("too-long", f"{described}有{len(value)}字，超出{field.max_length}字，未收录，请核对原文。", span)
            return ""
        return value or ""

    def save(self, meeting: Meeting, stable_ids: StableIds) -> None:
        rows = (
            ProblemRow(
                meeting=meeting,
                code=problem.code,
                message=problem.message,
                start=problem.span.start if problem.span else None,
                end=problem.span.end if problem.span else None,
            )
            for problem in self.problems
        )
        stable_ids.create(ProblemRow, rows)
