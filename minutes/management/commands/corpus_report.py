"""Report how well the parser reads a folder: manage.py corpus_report DIR"""

from argparse import ArgumentParser
from collections import Counter
from dataclasses import fields

from django.core.management.base import BaseCommand, CommandError

from minutes.extraction.archives import Document, find_documents
from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.files import LISTED_ENDINGS
from minutes.ingest.read_ahead import Read, read_ahead
from minutes.parser.problems.coverage import unaccounted_lines
from minutes.parser.types import ParsedMinutes

# Fields that are not stated once per minutes.
NO_FIELDS = ("problems", "noise", "opening_tasks", "closing_tasks")
FIELDS = [field.name for field in fields(ParsedMinutes) if field.name not in NO_FIELDS]


class Command(BaseCommand):
    help = "Prints fields found, items, attendees, problems and lines not accounted for, file by file and in total."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", nargs="+", metavar="DIR", help="a folder of files")

    def handle(self, *, folders: list[str], **options: object) -> None:
        self.totals: Counter[str] = Counter()
        self.problem_codes: Counter[str] = Counter()
        self.fields_found: Counter[str] = Counter()
        self.noise: Counter[str] = Counter()
        for document, read in read_ahead(find_documents(folders)):
            try:
                self.report(document, read)
            except UnreadableText as error:
                self.stderr.write(f"{document.path}: {error}")
                self.totals["unreadable"] += 1
            except Exception as error:
                # Unexpected, so the exception class is included. Later files must still be read.
                self.stderr.write(f"{document.path}: {type(error).__name__}: {error}")
                self.totals["unreadable"] += 1
        if not self.totals:
            raise CommandError(f"There is no file to be read ({LISTED_ENDINGS}) in {', '.join(folders)}.")
        self.report_totals()
        if self.totals["unreadable"]:
            raise CommandError(f"{self.totals['unreadable']} files could not be read.")

    def report(self, document: Document, read: Read) -> None:
        reading = read(document.name, document.read())
        text, parsed = reading.extraction.text, reading.with_file_problems()
        found = [name for name in FIELDS if getattr(parsed, name)]
        missing = [name for name in FIELDS if name not in found]
        codes = Counter(problem.code for problem in parsed.problems)
        tasks = parsed.every_task()
        lines = unaccounted_lines(parsed)
        self.stdout.write(document.path)
        without = f", without {', '.join(missing)}" if missing else ""
        self.stdout.write(f"  fields       {len(found)} of {len(FIELDS)}{without}")
        self.stdout.write(f"  items        {len(parsed.items)}")
        self.stdout.write(f"  tasks        {len(tasks)}, of a crowd {sum(task.collective for task in tasks)}")
        self.stdout.write(f"  attendees    {len(parsed.attendance)}")
        self.stdout.write(f"  problems     {counted(codes)}")
        left_out = Counter(noise.reason for noise in parsed.noise)
        characters = sum(len(noise.text) for noise in parsed.noise)
        share = f", {characters / len(text):.1%} of the characters" if characters else ""
        self.stdout.write(f"  noise        {counted(left_out)}{share}")
        self.stdout.write(f"  unaccounted  {len(lines)}")
        for span in lines:
            line_number = text.count("\n", 0, span.start) + 1
            self.stdout.write(f"    line {line_number}: {text[span.start : span.end].strip()}")
        self.fields_found.update(found)
        self.problem_codes.update(codes)
        self.totals.update(tasks=len(tasks), collective=sum(task.collective for task in tasks))
        self.noise.update(left_out)
        self.totals.update(noise=characters, characters=len(text))
        self.totals.update(files=1, items=len(parsed.items), attendees=len(parsed.attendance), unaccounted=len(lines))

    def report_totals(self) -> None:
        files = self.totals["files"]
        self.stdout.write(f"total of {files} files")
        missing = {name: files - self.fields_found[name] for name in FIELDS if self.fields_found[name] < files}
        found = f"{self.fields_found.total()} of {files * len(FIELDS)}"
        self.stdout.write(f"  fields       {found}; files without: {counted(missing)}")
        self.stdout.write(f"  items        {self.totals['items']}")
        self.stdout.write(f"  tasks        {self.totals['tasks']}, of a crowd {self.totals['collective']}")
        self.stdout.write(f"  attendees    {self.totals['attendees']}")
        self.stdout.write(f"  problems     {counted(self.problem_codes)}")
        share = f", {self.totals['noise'] / self.totals['characters']:.1%} of the characters" if self.noise else ""
        self.stdout.write(f"  noise        {counted(self.noise)}{share}")
        self.stdout.write(f"  unaccounted  {self.totals['unaccounted']}")


def counted(counts: dict[str, int]) -> str:
    """Format counts as "date-unsure 2, item-gap 1"; "none" when there is nothing."""
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"
