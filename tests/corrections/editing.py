"""What an editor does to a meeting, and all its rows to be compared."""

from pathlib import Path

from minutes.corrections import changes
from minutes.corrections.paths import fingerprint, node_at
from minutes.models import Meeting

SAMPLES = Path(__file__).parents[2] / "samples"


def seen_at(meeting: Meeting, place: str):
    """Return the fingerprint that an editor sees at a path."""
    return node_at(changes.current_reading(meeting).tree, place)


def correct(meeting: Meeting, place: str, node, seen, by) -> Meeting:
    """Correct a path like an editor who has `seen` a node there."""
    return changes.correct(meeting.pk, place, node, fingerprint(seen), by)


def rows_of(meeting: Meeting) -> dict[str, list]:
    """All rows of a meeting with their keys, to be compared."""
    querysets = {
        "items": meeting.items,
        "attendance": meeting.attendance,
        "paragraphs": type(meeting.items.first()).objects.filter(meeting=meeting).values_list("paragraphs__pk"),
    }
    rows = {name: list(rows.values_list().order_by("pk")) for name, rows in querysets.items() if name != "paragraphs"}
    rows["paragraphs"] = list(querysets["paragraphs"].order_by("paragraphs__pk"))
    rows["decisions"] = list(meeting.items.order_by("pk").values_list("decisions__pk", "decisions__outcome"))
    rows["involvements"] = list(meeting.items.order_by("involvements__pk").values_list("involvements__pk"))
    rows["references"] = list(meeting.items.order_by("references__pk").values_list("references__pk"))
    return rows
