"""Export the whole archive as JSON Lines, CSV and SQLite in one pass.

One pass over the records makes the formats consistent with each other.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TextIO

from django.db.models import Model, Prefetch, QuerySet
from django.utils import timezone

from minutes.models import Attendance, DocumentReference, Involvement, Meeting
from minutes.models.database_id import database_id
from open_data import tables
from open_data.csv_files import CsvFiles
from open_data.json_lines import as_json, tombstone_of
from open_data.manifest import MANIFEST, ExportedFile, Manifest
from open_data.sqlite_file import SqliteFile

JSON_LINES = "minutes.jsonl"
CSV_FILES = "minutes-csv.zip"
SQLITE_FILE = "minutes.sqlite3"
MEDIA_TYPES = {
    JSON_LINES: "application/jsonl",
    CSV_FILES: "application/zip",
    SQLITE_FILE: "application/vnd.sqlite3",
    MANIFEST: "application/json",
}
MEETINGS_AT_ONCE = 100
IDS_AT_ONCE = 500

# Tables of records that meetings refer to: the referring attribute, the table, and the lookup for its value.
NAMED = (
    ("body_id", tables.BODIES, "pk"),
    ("organization_id", tables.ORGANIZATIONS, "pk"),
    ("organization_id", tables.ALIASES, "organization"),
    ("person_id", tables.PEOPLE, "pk"),
    ("document_id", tables.DOCUMENTS, "pk"),
)


def export_to(directory: Path) -> Manifest:
    """Write all files into a directory, the manifest last, and return the manifest."""
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".building-", dir=directory) as building:
        manifest = write_files(Path(building))
        for name in (*(file.name for file in manifest.files), MANIFEST):
            shutil.move(Path(building) / name, directory / name)
    return manifest


def write_files(folder: Path) -> Manifest:
    """Write the files into an empty folder, in one pass over published meetings."""
    at = timezone.localtime().replace(microsecond=0)
    with closing(SqliteFile(folder / SQLITE_FILE)) as sqlite_file, closing(CsvFiles(folder / "csv")) as csv_files:
        writing = Writing(sqlite_file, csv_files)
        withdrawn = write_records(folder / JSON_LINES, writing)
        sqlite_file.finish()
        csv_files.pack(folder / CSV_FILES, at, writing.counts)
    of_lines = {name: writing.counts[name] for name in (tables.MEETINGS.name, tables.WITHDRAWN.name)}
    of_tables = {table.name: writing.counts[table.name] for table in tables.TABLES}
    manifest = Manifest(
        generated_at=at,
        files=[
            exported(folder / JSON_LINES, of_lines),
            exported(folder / CSV_FILES, of_tables),
            exported(folder / SQLITE_FILE, of_tables),
        ],
        withdrawn=[meeting.pk for meeting in withdrawn],
        database=database_id(),
    )
    (folder / MANIFEST).write_text(manifest.as_json(), encoding="utf-8")
    return manifest


def write_records(json_lines: Path, writing: Writing) -> list[Meeting]:
    """Write every record in every format; return the withdrawn meetings."""
    with json_lines.open("w", encoding="utf-8") as lines:
        for meeting in meetings_with_parts():
            write_json(lines, as_json(meeting))
            writing.add_meeting(meeting)
        withdrawn = list(Meeting.objects.withdrawn().order_by("pk"))
        for meeting in withdrawn:
            write_json(lines, tombstone_of(meeting))
    writing.add_names()
    writing.add_all(tables.WITHDRAWN, withdrawn)
    return withdrawn


class Writing:
    """The tables being written, their row counts, and the records referred to."""

    def __init__(self, *targets: SqliteFile | CsvFiles) -> None:
        self.targets = targets
        self.counts: Counter[str] = Counter()
        self.named: dict[str, set[int]] = {name: set() for name, _, _ in NAMED}

    def add_all(self, table: tables.Table, records: Iterable[Model]) -> None:
        for record in records:
            row = table.row(record)
            self.counts[table.name] += 1
            for target in self.targets:
                target.add(table, row)

    def add_meeting(self, meeting: Meeting) -> None:
        """Write the rows of a meeting and its parts; collect the records referred to."""
        for table, record in tables.records_of(meeting):
            self.add_all(table, [record])
            for name, ids in self.named.items():
                if named := getattr(record, name, None):
                    ids.add(named)

    def add_names(self) -> None:
        """Write the rows of the records that the meetings refer to."""
        for name, table, path in NAMED:
            self.add_all(table, in_batches(table.model.objects.all(), path, self.named[name]))


def in_batches(records: QuerySet, name: str, ids: set[int]) -> Iterator[Model]:
    """Yield the records with these ids in order, in batches of IDS_AT_ONCE a query."""
    in_order = sorted(ids)
    for start in range(0, len(in_order), IDS_AT_ONCE):
        portion = in_order[start : start + IDS_AT_ONCE]
        yield from records.filter(**{f"{name}__in": portion}).order_by(name, "pk")


def meetings_with_parts() -> Iterator[Meeting]:
    """Yield the published meetings with all their parts prefetched, in batches."""
    units = Prefetch("items__involvements", Involvement.objects.select_related("organization").order_by("id"))
    return (
        Meeting.objects.published()
        .order_by("pk")
        .select_related("body", "source")
        .defer("source__content")
        .prefetch_related(
            *(
                "items__actions",
                "items__topics",
                "items__paragraphs",
                "items__decisions__deadlines",
                "items__decisions__units",
            ),
            *("deadlines", "problems", "tasks__documents", "tasks__actors", "tasks__deadlines", units),
            Prefetch("items__references", DocumentReference.objects.select_related("document").order_by("start", "pk")),
            Prefetch("attendance", Attendance.objects.select_related("person", "organization").order_by("position")),
        )
        .iterator(chunk_size=MEETINGS_AT_ONCE)
    )


def write_json(lines: TextIO, data: dict[str, Any]) -> None:
    lines.write(json.dumps(data, ensure_ascii=False) + "\n")


def exported(path: Path, counts: dict[str, int]) -> ExportedFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ExportedFile(path.name, path.stat().st_size, digest, counts)
