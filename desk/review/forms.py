"""Correction forms for every part of a meeting: node → fields → node."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

from minutes.corrections.paths import Node
from minutes.models import AttendanceRole, Meeting
from minutes.parser.topics.classes import topic_classes

LONGEST_TEXT = 100_000
EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)


class ManyInputs(forms.Widget):
    """One input per value, all of one name, and an empty one to add another."""

    template_name = "desk/review/many_inputs.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["values"] = [*(value or []), ""]
        return context

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        # Forms render with Django's own templates by default; this one is the project's.
        return super().render(name, value, attrs, renderer=TemplatesSetting())

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [value.strip() for value in data.getlist(name) if value.strip()]

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class Values(forms.Field):
    """A list of short values."""

    widget = ManyInputs

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if any(len(each) > 300 for each in value):
            raise forms.ValidationError("每一项不超过300字。")


class Day(forms.DateField):
    """A date in the range of the archive; any other year is a typing error."""

    def __init__(self) -> None:
        widget = forms.DateInput({"type": "date", "min": EARLIEST, "max": LATEST}, format="%Y-%m-%d")
        super().__init__(label="日期", required=False, widget=widget)

    def validate(self, value: datetime.date | None) -> None:
        super().validate(value)
        if value and not EARLIEST <= value <= LATEST:
            raise forms.ValidationError(f"日期应在{EARLIEST.year}年至{LATEST.year}年之间。")


def topic_choices() -> list[tuple[str, Any]]:
    """Return the sub-classes of topics, grouped by class."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for topic in topic_classes().values():
        if topic.code == topic.main_code:
            groups[topic.code] = []
        else:
            groups[topic.main_code].append((topic.code, topic.name))
    names = topic_classes()
    return [("", "—"), *((names[code].name, topics) for code, topics in groups.items() if topics)]


class PlaceForm(forms.Form):
    """Base form of a part: its span in the source, as a range [from, to)."""

    start = forms.IntegerField(label="原文从第几字", required=False, min_value=0)
    end = forms.IntegerField(label="到第几字", required=False, min_value=0)

    def __init__(self, data: Any, *, node: Node, meeting: Meeting, within: tuple[int, int] | None, anchor: str) -> None:
        self.node, self.text, self.within = node, meeting.source.text, within
        # Several forms share a page, and the ids must be stable when it is rendered again.
        super().__init__(data, initial=self.initial_of(node), auto_id=f"{anchor}--%s")

    def initial_of(self, node: Node) -> dict[str, Any]:
        if not isinstance(node, dict) or not node.get("span"):
            return {}
        return {**node, "start": node["span"][0], "end": node["span"][1]}

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        start, end = given.get("start"), given.get("end")
        if (start is None) != (end is None):
            raise forms.ValidationError("原文的起止字数要么都填，要么都不填。")
        if start is not None and not 0 <= start <= end <= len(self.text):
            raise forms.ValidationError(f"原文共{len(self.text)}字，起止字数应在其中，且先后不颠倒。")
        return given

    def span_for(self, text: str) -> list[int]:
        """Return the span entered, else that of the text's only occurrence.

        Without either, the span of the enclosing part.
        """
        if self.cleaned_data.get("start") is not None:
            return [self.cleaned_data["start"], self.cleaned_data["end"]]
        low, high = self.within or (0, len(self.text))
        if text and self.text.count(text, low, high) == 1:
            at = self.text.index(text, low, high)
            return [at, at + len(text)]
        return list(self.within or (0, 0))

    def new_node(self) -> Node:
        """Return the corrected node."""
        raise NotImplementedError


class TextForm(PlaceForm):
    value = forms.CharField(label="内容", required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))

    def new_node(self) -> Node:
        said = " ".join(self.cleaned_data["value"].split())
        return {"value": said, "span": self.span_for(said)} if said else None


class NumberForm(PlaceForm):
    value = forms.IntegerField(label="数字", required=False, min_value=1, max_value=100_000)

    def new_node(self) -> Node:
        number = self.cleaned_data["value"]
        return None if number is None else {"value": number, "span": self.span_for(str(number))}


class DateForm(PlaceForm):
    value = Day()

    def new_node(self) -> Node:
        day = self.cleaned_data["value"]
        return {"value": day.isoformat(), "span": self.span_for("")} if day else None


class PositionForm(PlaceForm):
    value = forms.IntegerField(label="序号", min_value=1, max_value=1000)

    def initial_of(self, node: Node) -> dict[str, Any]:
        return {"value": node}

    def new_node(self) -> Node:
        return self.cleaned_data["value"]


class ValuesForm(PlaceForm):
    values = Values(label="每格一项", required=False)

    def initial_of(self, node: Node) -> dict[str, Any]:
        return {"values": [each["value"] for each in node or []]}

    def new_node(self) -> Node:
        known = {each["value"]: each for each in self.node or []}
        return [
            known.get(value, {"value": value, "span": self.span_for(value)}) for value in self.cleaned_data["values"]
        ]


class ChairForm(PlaceForm):
    name = forms.CharField(label="姓名", required=False, max_length=60)
    title = forms.CharField(label="职务", required=False, max_length=200)

    def new_node(self) -> Node:
        name = self.cleaned_data["name"]
        if not name:
            return None
        return {"name": name, "title": self.cleaned_data["title"] or None, "span": self.span_for(name)}


class PassageForm(PlaceForm):
    text = forms.CharField(label="文字", required=False, max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 6}))

    def new_node(self) -> Node:
        text = self.cleaned_data["text"]
        return {"text": text, "span": self.span_for("")} if text else None


class ParagraphForm(PlaceForm):
    marker = forms.CharField(label="编号", required=False, max_length=20)
    text = forms.CharField(label="文字", max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 6}))

    def new_node(self) -> Node:
        given = self.cleaned_data
        return {"marker": given["marker"] or None, "text": given["text"], "span": self.span_for(given["text"])}


class DeadlineForm(PlaceForm):
    text = forms.CharField(label="原文写法", max_length=200)
    date = Day()

    def new_node(self) -> Node:
        given = self.cleaned_data
        day = given["date"].isoformat() if given["date"] else None
        return {"text": given["text"], "date": day, "span": self.span_for(given["text"])}


class DecisionForm(PlaceForm):
    """A new decision; its deadlines are added one by one afterwards."""

    outcome = forms.CharField(label="议定结果", required=False, max_length=60)
    lead = Values(label="牵头单位", required=False)
    supporting = Values(label="配合单位", required=False)
    next_step = forms.CharField(label="下一步", required=False, max_length=300)

    def initial_of(self, node: Node) -> dict[str, Any]:
        given = super().initial_of(node)
        for name in ("outcome", "next_step"):
            given[name] = given[name]["value"] if given.get(name) else ""
        return given | {name: [each["value"] for each in given.get(name, [])] for name in ("lead", "supporting")}

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not any(given.get(name) for name in ("outcome", "lead", "supporting", "next_step")):
            raise forms.ValidationError("议定结果、单位和下一步至少填一个。")
        return given

    def new_node(self) -> Node:
        given = self.cleaned_data
        said = {name: self.as_field(given[name]) if given[name] else None for name in ("outcome", "next_step")}
        units = {name: [self.as_field(unit) for unit in given[name]] for name in ("lead", "supporting")}
        return {**said, **units, "deadlines": [], "span": self.span_for(given["outcome"] or given["next_step"])}

    def as_field(self, value: str) -> Node:
        return {"value": value, "span": self.span_for(value)}


class DocumentForm(PlaceForm):
    title = forms.CharField(label="标题（不带书名号）", max_length=300)
    stage = forms.CharField(label="稿次", required=False, max_length=40)
    short_title = forms.CharField(label="简称", required=False, max_length=120)

    def new_node(self) -> Node:
        given = self.cleaned_data
        return {
            "title": given["title"].strip("《》"),
            "stage": given["stage"] or None,
            "short_title": given["short_title"].strip("《》") or None,
            "span": self.span_for(given["title"]),
        }


class TopicsForm(PlaceForm):
    """The main topic of an item and up to two more."""

    first = forms.ChoiceField(label="主要主题", required=False, choices=topic_choices)
    second = forms.ChoiceField(label="其他主题", required=False, choices=topic_choices)
    third = forms.ChoiceField(label="其他主题", required=False, choices=topic_choices)

    def initial_of(self, node: Node) -> dict[str, Any]:
        return dict(zip(("first", "second", "third"), (topic["code"] for topic in node or []), strict=False))

    def new_node(self) -> Node:
        """Return the chosen topics; keep the parser's evidence where they are unchanged."""
        words = {topic["code"]: topic["words"] for topic in self.node or []}
        chosen = [self.cleaned_data[name] for name in ("first", "second", "third")]
        return [{"code": code, "words": words.get(code, [])} for code in dict.fromkeys(filter(None, chosen))]


class AttendeeForm(PlaceForm):
    role = forms.ChoiceField(label="出席情况", choices=AttendanceRole.choices)
    name = forms.CharField(
        label="姓名", required=False, max_length=60, widget=forms.TextInput({"list": "people", "autocomplete": "off"})
    )
    organization = forms.CharField(
        label="单位", required=False, max_length=120, widget=forms.TextInput({"list": "units", "autocomplete": "off"})
    )
    title = forms.CharField(label="职务", required=False, max_length=200)
    note = forms.CharField(label="备注", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("name") and not given.get("organization"):
            raise forms.ValidationError("姓名和单位至少填一个。")
        return given

    def new_node(self) -> Node:
        given = self.cleaned_data
        said = {name: given[name] or None for name in ("name", "organization", "title", "note")}
        return {"role": given["role"], **said, "span": self.span_for(given["name"] or given["organization"])}


class ItemForm(PlaceForm):
    """A new item: its text is the given span, to be corrected further afterwards."""

    position = forms.IntegerField(label="序号", min_value=1, max_value=1000)
    title = forms.CharField(label="标题", max_length=1000, widget=forms.Textarea({"rows": 2}))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("start") is None or given["start"] == given["end"]:
            raise forms.ValidationError("请在原文中选取这一议题的全部文字，或填写它的起止字数。")
        return given

    def new_node(self) -> Node:
        span = [self.cleaned_data["start"], self.cleaned_data["end"]]
        text = "".join(self.text[slice(*span)].split())
        return {
            "position": self.cleaned_data["position"],
            "title": {"value": self.cleaned_data["title"], "span": span},
            "title_derived": False,
            "span": span,
            "actions": [],
            "documents": [],
            "mentions": [],
            "paragraphs": [{"marker": None, "text": text, "span": span}],
            "decisions": [],
            "reported_by": [],
            "tasks": [],
            "topics": [],
        }


class UnitsForm(ValuesForm):
    values = Values(label="每格一个单位", required=False, widget=ManyInputs({"list": "units", "label": "单位"}))
