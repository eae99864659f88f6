"""Takes files of minutes into the archive: manage.py ingest PATH…"""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, reset_queries

from minutes.extraction.archives import find_documents
from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.files import LISTED_ENDINGS
from minutes.ingest.ingest_file import IngestOptions, Result, Status, ingest_document
from minutes.ingest.url_list import read_url_list
from minutes.models import Meeting


class Command(BaseCommand):
    help = "Takes files of minutes into the archive, each in a transaction of its own. Run again, it adds nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder or a pattern")
        visibility = parser.add_mutually_exclusive_group()
        visibility.add_argument("--publish", action="store_true", help="show the meetings to the public at once")
        visibility.add_argument("--draft", action="store_true", help="keep new meetings as drafts (the default)")
        parser.add_argument("--body", metavar="NAME", help="the government that met, for texts that do not name it")
        parser.add_argument("--url-list", metavar="FILE", help="lines of file name and address it was published at")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and store nothing")
        parser.add_argument("--json", action="store_true", help="one JSON object per file, then one of the whole run")

    def handle(self, *, paths: list[str], publish: bool, dry_run: bool, body: str | None, **options: object) -> None:
        if Meeting._meta.db_table not in connection.introspection.table_names():
            raise CommandError("The database has no tables yet. Run: manage.py migrate")
        try:
            source_urls = read_url_list(Path(options["url_list"])) if options["url_list"] else {}
        except UnreadableText as error:
            raise CommandError(str(error)) from error
        chosen = IngestOptions(publish=publish, dry_run=dry_run, body_name=body, source_urls=source_urls)
        as_json = bool(options["json"])
        tell = self.tell_in_json if as_json else self.tell_in_words
        counts = self.ingest(paths, chosen, tell)
        if not counts:
            raise CommandError(f"There is no file to be read ({LISTED_ENDINGS}) in {', '.join(paths)}.")
        self.tell_summary(counts, dry_run, as_json)
        if bad := counts["failed"] + counts["conflict"]:
            raise CommandError(f"{bad} of {counts.total()} files are not in the archive; the reasons stand above.")

    def ingest(self, paths: Iterable[str], options: IngestOptions, tell: Callable[[Result], None]) -> Counter[str]:
        """How many files came to which end. Results are told and forgotten, so that memory does not grow."""
        counts: Counter[str] = Counter()
        for document in find_documents(paths):
            shown = f"{counts.total() + 1}  {document.name}"
            self.show_progress(shown)
            result = ingest_document(document, options, partial(self.show_page, shown))
            self.show_progress("")
            counts[result.status] += 1
            tell(result)
            reset_queries()
        return counts

    def show_page(self, shown: str, page: int, pages: int) -> None:
        self.show_progress(f"{shown}  page {page} of {pages}")

    def show_progress(self, text: str) -> None:
        """Show the current file on a terminal; the next line overwrites it."""
        if self.stderr.isatty():
            self.stderr.write(f"\r\033[K{text}", style_func=str, ending="")
            self.stderr.flush()

    def tell_in_words(self, result: Result) -> None:
        details = f" · {result.items} items, {result.problems} problems" if result.status == "added" else ""
        style = self.style.ERROR if result.is_bad else str
        self.stdout.write(style(f"{result.status:<9}  {result.file}: {result.message}{details}"))

    def tell_in_json(self, result: Result) -> None:
        self.stdout.write(json.dumps(asdict(result), ensure_ascii=False))

    def tell_summary(self, counts: Counter[str], dry_run: bool, as_json: bool) -> None:
        if as_json:
            summary = {"files": counts.total(), **{status: counts[status] for status in Status}, "dry_run": dry_run}
            self.stdout.write(json.dumps({"summary": summary}))
        else:
            ends = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
            self.stdout.write(f"{counts.total()} files: {ends}" + (" (dry run: nothing was stored)" if dry_run else ""))
