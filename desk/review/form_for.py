"""Map a correction path to the form that edits it."""

from __future__ import annotations

from desk.review.forms import (
    AttendeeForm,
    ChairForm,
    DateForm,
    DeadlineForm,
    DecisionForm,
    DocumentForm,
    ItemForm,
    NumberForm,
    ParagraphForm,
    PassageForm,
    PlaceForm,
    PositionForm,
    TextForm,
    TopicsForm,
    UnitsForm,
    ValuesForm,
)
from desk.review.task_form import TaskForm
from minutes.corrections.paths import LISTS_OF_TASKS
from minutes.parser.meeting_fields import names_of

FORMS_OF_RECORDS = {
    **dict.fromkeys(LISTS_OF_TASKS, TaskForm),
    "attendance": AttendeeForm,
    "paragraphs": ParagraphForm,
    "documents": DocumentForm,
    "decisions": DecisionForm,
    "deadlines": DeadlineForm,
    "items": ItemForm,
}
FORMS_OF_FIELDS = {
    **dict.fromkeys(names_of("number"), NumberForm),
    **dict.fromkeys(names_of("date"), DateForm),
    **dict.fromkeys(names_of("passage"), PassageForm),
    **dict.fromkeys((*names_of("texts"), "actions", "mentions"), ValuesForm),
    "chair": ChairForm,
    "position": PositionForm,
    "topics": TopicsForm,
    **dict.fromkeys(("reported_by", "lead", "supporting"), UnitsForm),
}


def form_for(place: str) -> type[PlaceForm]:
    """Return the form class for a path."""
    *path, last = place.split("/")
    return FORMS_OF_RECORDS[path[-1]] if path and path[-1] in FORMS_OF_RECORDS else FORMS_OF_FIELDS.get(last, TextForm)
