"""The form of a task: actors with their roles, deadlines and span."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms

from desk.review.forms import LONGEST_TEXT, ManyInputs, PlaceForm, Values
from minutes.corrections.path_labels import node_as_text
from minutes.corrections.paths import Node
from minutes.corrections.task_nodes import text_of
from minutes.ingest.department_names import is_generic
from minutes.models import ActorForm, Meeting, Person, TaskKind

# 6月底前（2020-06-30） · 汛期前
DUE = re.compile(r"(?P<words>.+?)(?:（(?P<date>\d{4}-\d{1,2}-\d{1,2})）)?")
ACTOR_ROLES = ("leader", "lead", "supporting", "reviewing")


class TaskForm(PlaceForm):
    """Edit a task: its span in the source, its actors, and its deadlines."""

    leader = Values(
        label="责任领导（职务和姓名，如 副县长张三）", required=False, widget=ManyInputs({"label": "责任领导"})
    )
    lead = Values(
        label="牵头或承办单位", required=False, widget=ManyInputs({"list": "units", "label": "牵头或承办单位"})
    )
    supporting = Values(label="配合单位", required=False, widget=ManyInputs({"list": "units", "label": "配合单位"}))
    reviewing = Values(label="审核", required=False, widget=ManyInputs({"label": "审核"}))
    due = Values(label="期限（原文写法，日期写在括号里：6月底前（2020-06-30））", required=False)
    kind = forms.ChoiceField(label="类别", choices=TaskKind.choices)
    words = forms.CharField(
        label="任务的文字（照原文写；已选取原文或填了起止字数的不必写）",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        self.body = meeting.body_id
        super().__init__(*args, meeting=meeting, **options)

    def initial_of(self, node: Node) -> dict[str, Any]:
        if not node:
            return {"kind": TaskKind.WORK}
        actors = {role: [each["text"] for each in node["actors"] if each["role"] == role] for role in ACTOR_ROLES}
        return super().initial_of(node) | actors | {"due": [node_as_text(deadline) for deadline in node["deadlines"]]}

    def clean_due(self) -> list[tuple[str, str | None]]:
        return [deadline_as_written(written) for written in self.cleaned_data["due"]]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("words"):
            given["start"], given["end"] = self.place_of_words(given["words"])
        start, end = given.get("start"), given.get("end")
        if start is None or start == end:
            raise forms.ValidationError("请在原文中选取这条任务的文字，或照原文写下来，或填写它的起止字数。")
        return given

    def place_of_words(self, words: str) -> tuple[int, int]:
        """Return the span of the typed words in this part, ignoring whitespace."""
        low, high = self.within or (0, len(self.text))
        places = [place for place in range(low, high) if not self.text[place].isspace()]
        written, part = "".join(words.split()), "".join(self.text[place] for place in places)
        if (found := part.count(written)) != 1:
            said = "没有这段文字，请照原文写" if not found else f"有{found}处这样的文字，请多写几个字"
            raise forms.ValidationError(f"原文的这一部分{said}，或填写起止字数。")
        at = part.index(written)
        return places[at], places[at + len(written) - 1] + 1

    def new_node(self) -> Node:
        given = self.cleaned_data
        span = [given["start"], given["end"]]
        known = self.node or {}
        actors = [actor for role in ACTOR_ROLES for actor in self.actors_in(role, span)]
        return {
            "kind": given["kind"],
            "collective": bool(actors) and all(actor["form"] == ActorForm.CROWD for actor in actors),
            "actors": actors,
            "about": known.get("about"),
            "next_step": known.get("next_step"),
            "text": known["text"] if known.get("span") == span else text_of(self.text, span),
            "span": span,
            "deadlines": [
                {"text": text, "date": date, "span": self.span_within(text, span)} for text, date in given["due"]
            ],
        }

    def actors_in(self, role: str, span: list[int]) -> list[Node]:
        """Return the actors of a role; unchanged ones keep what the parser read."""
        known = {each["text"]: each for each in (self.node or {}).get("actors", [])}
        return [
            (known[text] | {"role": role}) if text in known else self.new_actor(text, role, span)
            for text in self.cleaned_data[role]
        ]

    def new_actor(self, text: str, role: str, span: list[int]) -> Node:
        """Return an actor typed by a person: a unit, a known person, or a leader."""
        written = "".join(text.split())
        names = Person.objects.filter(body=self.body).values_list("name", flat=True).distinct()
        name = max((name for name in names if written.endswith(name)), key=len, default="")
        if role != "leader" and not name:
            form = ActorForm.CROWD if is_generic(written) else ActorForm.UNIT
            facts = {"name": written, "title": None, "form": form.value}
        else:
            name = name or written
            facts = {"name": name, "title": written.removesuffix(name) or None, "form": ActorForm.POST.value}
        return {"text": written, "role": role, "span": self.span_within(written, span), **facts}

    def span_within(self, words: str, span: list[int]) -> list[int]:
        """Return the span of the words within a task, or the task's unless unique."""
        if self.text.count(words, *span) != 1:
            return span
        at = self.text.index(words, *span)
        return [at, at + len(words)]


def deadline_as_written(written: str) -> tuple[str, str | None]:
    """Split 6月底前（2020-06-30） into words and date; reject impossible dates."""
    match = DUE.fullmatch(written)
    if not match["date"]:
        return match["words"], None
    try:
        return match["words"], datetime.date.fromisoformat(match["date"]).isoformat()
    except ValueError as error:
        raise forms.ValidationError(f"“{match['date']}”不是日期：请写成 2020-06-30 的样子。") from error
