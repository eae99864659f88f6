"""Print what the parser reads in files, storing nothing: manage.py parse FILE…"""

import hashlib
import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator

import msgspec
from django.core.management.base import BaseCommand, CommandError

from minutes.extraction.archives import Document, find_documents
from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.files import LISTED_ENDINGS
from minutes.ingest.read_ahead import Read, read_ahead
from minutes.messages import translate as _
from minutes.models import AttendanceRole
from minutes.parser.json_format import FORMAT, FORMATS, as_json
from minutes.parser.types import AgendaItem, Field, ParsedMinutes


class Command(BaseCommand):
    help = _("Prints what the parser reads in files of minutes: one JSON object a line, or a table for people.")
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help=_("a file, a folder or a pattern"))
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help=_("one JSON object a line and file (the default)"))
        form.add_argument("--table", action="store_true", help=_("a summary to be read by people"))
        parser.add_argument(
            "--format",
            type=int,
            choices=FORMATS,
            default=FORMAT,
            dest="format_number",
            help=_("the version of the JSON (default {format}); 1 is for readers of archive 0.1", format=FORMAT),
        )

    def handle(self, *, files: list[str], table: bool, format_number: int, **options: object) -> None:
        counts: Counter[str] = Counter()
        for document, read in read_ahead(find_documents(files)):
            try:
                self.show(document, read, table, format_number)
                counts["read"] += 1
            except UnreadableText as error:
                self.stderr.write(f"{document.path}: {error}")
                counts["unreadable"] += 1
            except Exception as error:
                # Unexpected, so the exception class is included. Later files must still be read.
                self.stderr.write(f"{document.path}: {type(error).__name__}: {error}")
                counts["unreadable"] += 1
        if not counts:
            raise CommandError(
                _(
                    "There is no file to be read ({endings}) in {paths}.",
                    endings=LISTED_ENDINGS,
                    paths=", ".join(files),
                )
            )
        if counts["unreadable"]:
            raise CommandError(
                _(
                    "{unreadable} of {total} files could not be read.",
                    unreadable=counts["unreadable"],
                    total=counts.total(),
                )
            )

    def show(self, document: Document, read: Read, table: bool, format_number: int) -> None:
        content = document.read()
        reading = read(document.name, content)
        parsed = reading.with_file_problems()
        if table:
            self.stdout.write("\n".join(lines_for_people(document.name, parsed)) + "\n")
            return
        source = {
            "name": document.name,
            "sha256": hashlib.sha256(content).hexdigest(),
            "characters": len(reading.extraction.text),
        }
        web = {"web": msgspec.to_builtins(reading.extraction.web)} if format_number > 1 else {}
        self.stdout.write(json.dumps(as_json(parsed, source, format_number) | web, ensure_ascii=False))


def lines_for_people(name: str, parsed: ParsedMinutes) -> Iterator[str]:
    """Yield the facts of the minutes, one a line, below the file's name."""
    yield name
    for label, value in facts_of(parsed):
        # Full-width spaces align labels of two and four characters.
        yield f"  {label.ljust(4, '　')}  {value}"
    for item in parsed.items:
        yield f"  {item.position:>2}  {item.title.value}"
        if summary := " · ".join(words_about(item)):
            yield f"      {summary}"
    for problem in parsed.problems:
        place = f"（第{problem.span.start}–{problem.span.end}字）" if problem.span else ""
        yield f"  ！ {problem.code}  {problem.message}{place}"


def facts_of(parsed: ParsedMinutes) -> Iterator[tuple[str, str]]:
    """Yield label and value of every field besides items and problems.

    — for a field that is not in the text.
    """
    yield "会议主体", written(parsed.body)
    yield "会议类型", written(parsed.kind)
    yield "会议次数", f"第{parsed.number.value}次" if parsed.number else "—"
    yield "文号", written(parsed.doc_number)
    yield "会议时间", " ".join(str(field.value) for field in (parsed.date, parsed.part_of_day) if field) or "—"
    yield "地点", written(parsed.place)
    yield "主持", " ".join(filter(None, (parsed.chair.name, parsed.chair.title))) if parsed.chair else "—"
    yield "记录", written(parsed.recorder)
    yield "整理", " ".join(str(field.value) for field in (parsed.compiled_by, parsed.compiled_on) if field) or "—"
    yield "印发", " ".join(str(field.value) for field in (parsed.issued_by, parsed.issued_on) if field) or "—"
    yield "公开属性", written(parsed.disclosure)
    counts = Counter(attendee.role for attendee in parsed.attendance)
    yield "与会", "，".join(f"{AttendanceRole(role).label}{count}" for role, count in counts.items()) or "—"
    yield "议题", f"{len(parsed.items)}项"


def written(field: Field[str] | None) -> str:
    return field.value if field else "—"


def words_about(item: AgendaItem) -> Iterator[str]:
    """Yield the actions and decisions of an item: 审议, 原则同意, 牵头 市住建局 …"""
    yield from (action.value for action in item.actions)
    for decision in item.decisions:
        if decision.outcome:
            yield decision.outcome.value
        if decision.lead:
            yield "牵头 " + "、".join(unit.value for unit in decision.lead)
        if decision.supporting:
            yield "配合 " + "、".join(unit.value for unit in decision.supporting)
        if decision.next_step:
            yield decision.next_step.value
        yield from (f"{deadline.text}（{deadline.date or '日期未定'}）" for deadline in decision.deadlines)
    if item.reported_by:
        yield "汇报 " + "、".join(unit.value for unit in item.reported_by)
