"""The sections of the review page, in document order.

Each has its parts, with their problems and corrections.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from minutes.corrections.changes import current_reading, is_questioned
from minutes.corrections.corrected_problems import FIELD_OF_CODE
from minutes.corrections.path_labels import name_of, node_as_text
from minutes.corrections.paths import LISTS_OF_TASKS, Node, Tree, fingerprint, is_added, is_orphaned, original_place
from minutes.models import Correction, Meeting, Problem, Settlement
from minutes.parser.meeting_fields import MEETING_FIELDS
from minutes.parser.types import Span

HEAD = tuple(field.name for field in MEETING_FIELDS if not field.at_end)
END = tuple(field.name for field in MEETING_FIELDS if field.at_end)
OF_ITEM = ("title", "position", "topics", "actions", "reported_by", "mentions")
OF_DECISION = ("outcome", "lead", "supporting", "next_step")
KINDS_OF_RECORDS = {
    "items": "议题",
    "attendance": "出席记录",
    "paragraphs": "段落",
    "documents": "议题文件",
    "decisions": "议定意见",
    "deadlines": "期限",
    **dict.fromkeys(LISTS_OF_TASKS, "任务"),
}


@dataclass
class Entry:
    """A part that can be corrected: its value, span, correction and problems."""

    place: str
    node: Node
    correction: Correction | None = None
    is_questioned: bool = False
    problems: list[Problem] = field(default_factory=list)

    @property
    def label(self) -> str:
        name = name_of(self.place)
        return name.partition(" · ")[2] or name

    @property
    def anchor(self) -> str:
        return "at-" + self.place.replace("/", "-").replace("+", "n")

    @property
    def span(self) -> Span | None:
        return span_of(self.node)

    @property
    def seen(self) -> str:
        return fingerprint(self.node)

    @property
    def shown(self) -> str:
        return node_as_text(self.node)

    @property
    def was_read(self) -> str:
        """Return the value that the parser read, where a person corrected it."""
        return node_as_text(self.correction.parsed) if self.correction else ""

    @property
    def parent(self) -> str:
        """Return the name of the list or part that it belongs to: items for items/3; "" at the top."""
        return "".join(self.place.split("/")[-2:-1])

    @property
    def is_record(self) -> bool:
        """Return whether it is one of a list, so that it can be removed or added."""
        return self.parent in KINDS_OF_RECORDS

    @property
    def kind(self) -> str:
        """Return the label of a record of its list."""
        return KINDS_OF_RECORDS[self.parent]

    @property
    def is_task(self) -> bool:
        """Return whether it can be split in two and merged with the next one."""
        return self.parent in LISTS_OF_TASKS

    @property
    def is_addition(self) -> bool:
        return is_added(self.place.rpartition("/")[2])


@dataclass
class Section:
    """The head, an item, the attendance or the end of a meeting.

    `additions` are the paths where a record can be added.
    """

    title: str
    anchor: str
    entries: list[Entry]
    span: Span | None = None
    problems: list[Problem] = field(default_factory=list)
    additions: list[str] = field(default_factory=list)
    # The item itself, which can be removed or restored.
    item: Entry | None = None

    @property
    def entries_and_item(self) -> list[Entry]:
        """Return the parts, and the item itself."""
        return [*self.entries, self.item] if self.item else self.entries

    @property
    def doubts(self) -> list[Problem]:
        """Return the open problems worth a look, in page order."""
        return still_open([*self.problems, *(problem for entry in self.entries for problem in entry.problems)])

    @property
    def must_settle(self) -> int:
        """Return how many of them must be settled before the meeting is reviewed."""
        return sum(problem.weight == "must" for problem in self.doubts)

    @property
    def look(self) -> int:
        """Return how many of them are only worth a look."""
        return len(self.doubts) - self.must_settle

    @property
    def corrections(self) -> int:
        return sum(entry.correction is not None for entry in self.entries)


@dataclass
class Review:
    """All sections of a meeting, with problems and corrections of no section."""

    sections: list[Section]
    problems: list[Problem]
    # Orphaned corrections, under the name of the part that each was made for.
    orphaned: list[tuple[str, Entry]]

    @property
    def doubts(self) -> list[Problem]:
        """Return the open problems of all parts, in page order."""
        return [*still_open(self.problems), *(doubt for section in self.sections for doubt in section.doubts)]

    @property
    def every_problem(self) -> list[Problem]:
        """Return all problems, including settled ones and notes."""
        parts = (*self.sections, *(entry for section in self.sections for entry in section.entries))
        return [*self.problems, *(problem for part in parts for problem in part.problems)]

    @property
    def notes(self) -> int:
        """Return the number of notes."""
        return sum(problem.weight == "note" for problem in self.every_problem)

    @property
    def settlements(self) -> list[Settlement]:
        """Return the settlements of several problems, the latest first."""
        settled = [problem for problem in self.every_problem if problem.settlement and problem.settled_at]
        return sorted({problem.settlement for problem in settled}, key=lambda settlement: -settlement.pk)

    def at(self, place: str) -> tuple[Section, Entry] | None:
        """Return the section and entry of a path; an empty entry where one can be added.

        An orphaned correction is in no section, but can still be reverted.
        """
        for section in self.sections:
            for entry in section.entries_and_item:
                if entry.place == place:
                    return section, entry
            if place in section.additions:
                return section, Entry(place, None)
        for name, entry in self.orphaned:
            if entry.place == place:
                return Section(name, entry.anchor, [entry]), entry
        return None


def review_of(meeting: Meeting) -> Review:
    """Return the review of a meeting in its current state."""
    current = current_reading(meeting)
    review = Review(
        sections=list(sections_of(current.tree)),
        problems=[],
        orphaned=[
            (name_of(original_place(each.place)), Entry(each.place, each.value, each))
            for each in current.corrections.values()
            if is_orphaned(each.place)
        ],
    )
    for section in review.sections:
        for entry in section.entries_and_item:
            entry.correction = current.corrections.get(entry.place)
            entry.is_questioned = bool(entry.correction and is_questioned(current.base, entry.correction))
    for problem in meeting.problems.select_related("settled_by", "settlement"):
        place_problem(review, problem)
    return review


def sections_of(tree: Tree) -> Iterator[Section]:
    yield section_of_passages("会议", "head", HEAD, "opening_tasks", tree)
    items = tree["items"]
    for key in sorted(items, key=lambda key: (items[key] is None, (items[key] or {}).get("position", 0))):
        yield section_of_item(key, items[key])
    yield Section("议题增补", "more", [], additions=[next_addition("items", items)])
    yield section_of_attendance(tree["attendance"])
    yield section_of_passages("文末", "end", END, "closing_tasks", tree)


def section_of_passages(title: str, anchor: str, names: Iterable[str], tasks: str, tree: Tree) -> Section:
    """Return the section of head or end, with the tasks of opening or closing."""
    entries = [*(Entry(name, tree[name]) for name in names), *entries_of_list(tasks, tree[tasks])]
    return Section(title, anchor, entries, additions=[next_addition(tasks, tree[tasks])])


def section_of_item(key: str, item: Node) -> Section:
    place = f"items/{key}"
    whole = Entry(place, item)
    if item is None:
        return Section(f"{name_of(place)}（已移除）", whole.anchor, [], item=whole)
    entries = [Entry(f"{place}/{name}", item[name]) for name in OF_ITEM]
    additions = []
    for each, decision in item["decisions"].items():
        entries += entries_of_decision(f"{place}/decisions/{each}", decision)
        if decision is not None:
            additions.append(next_addition(f"{place}/decisions/{each}/deadlines", decision["deadlines"]))
    entries += entries_of_list(f"{place}/documents", item["documents"])
    entries += entries_of_list(f"{place}/paragraphs", item["paragraphs"])
    entries += entries_of_list(f"{place}/tasks", item["tasks"])
    additions += [
        next_addition(f"{place}/tasks", item["tasks"]),
        next_addition(f"{place}/decisions", item["decisions"]),
        next_addition(f"{place}/documents", item["documents"]),
        next_addition(f"{place}/paragraphs", item["paragraphs"]),
    ]
    title = f"第{item['position']}项　{item['title']['value']}"
    return Section(title, whole.anchor, entries, span_of(item), additions=additions, item=whole)


def entries_of_decision(place: str, decision: Node) -> list[Entry]:
    """Return the entries of a decision.

    Any but the first of an item can also be removed as a whole.
    """
    whole = [] if place.endswith("/0") and decision is not None else [Entry(place, decision)]
    if decision is None:
        return whole
    fields = [Entry(f"{place}/{name}", decision[name]) for name in OF_DECISION]
    return [*whole, *fields, *entries_of_list(f"{place}/deadlines", decision["deadlines"])]


def section_of_attendance(attendance: dict[str, Node]) -> Section:
    return Section(
        "出席",
        "attendance",
        entries_of_list("attendance", attendance),
        additions=[next_addition("attendance", attendance)],
    )


def entries_of_list(place: str, records: dict[str, Node]) -> list[Entry]:
    return [Entry(f"{place}/{key}", record) for key, record in records.items()]


def next_addition(place: str, records: dict[str, Node]) -> str:
    """Return the path where the next record of a list would be added."""
    return f"{place}/+{1 + max((int(key[1:]) for key in records if is_added(key)), default=0)}"


def still_open(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.is_open]


def place_problem(review: Review, problem: Problem) -> None:
    """Attach a problem to the part with the narrowest span around it, or to none."""
    entry = entry_for(review, problem)
    if entry:
        entry.problems.append(problem)
        return
    section = next((each for each in review.sections if contains(each.span, problem)), None)
    (section or review).problems.append(problem)


def entry_for(review: Review, problem: Problem) -> Entry | None:
    if found := review.at(FIELD_OF_CODE.get(problem.code, "")):
        return found[1]
    entries = [entry for section in review.sections for entry in section.entries if contains(entry.span, problem)]
    return min(entries, key=lambda entry: entry.span[1] - entry.span[0], default=None)


def contains(span: Span | None, problem: Problem) -> bool:
    return span is not None and problem.start is not None and span[0] <= problem.start and problem.end <= span[1]


def span_of(node: Node) -> Span | None:
    """Return the span of a node; of a list, from the first value to the last."""
    if isinstance(node, dict) and node.get("span"):
        return Span(*node["span"])
    # The topics of an item are classified, so they have no span.
    spans = [each["span"] for each in node if each.get("span")] if isinstance(node, list) else []
    return Span(min(start for start, _ in spans), max(end for _, end in spans)) if spans else None
