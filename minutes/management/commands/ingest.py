"""Ingest files of minutes: manage.py ingest PATH…"""

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
from minutes.ingest.ingest_file import IngestOptions, Result, Status, ingest_document, is_known
from minutes.ingest.read_ahead import read_ahead
from minutes.ingest.url_list import read_url_list
from minutes.messages import translate as _
from minutes.models import Meeting
from minutes.signals import file_ingested

STATUS_NAMES = {
    Status.ADDED: _("added"),
    Status.PUBLISHED: _("published"),
    Status.UNCHANGED: _("unchanged"),
    Status.CONFLICT: _("conflict"),
    Status.NEEDS_BODY: _("needs_body"),
    Status.FAILED: _("failed"),
}


class Command(BaseCommand):
    help = _("Takes files of minutes into the archive, each in a transaction of its own. Run again, it adds nothing.")
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help=_("a file, a folder or a pattern"))
        visibility = parser.add_mutually_exclusive_group()
        visibility.add_argument("--publish", action="store_true", help=_("show the meetings to the public at once"))
        visibility.add_argument("--draft", action="store_true", help=_("keep new meetings as drafts (the default)"))
        parser.add_argument("--body", metavar="NAME", help=_("the government that met, for texts that do not name it"))
        parser.add_argument(
            "--distinction",
            metavar="WORDS",
            help=_(
                "store a file as another meeting than the one with the same number or time, distinguished by "
                "these words"
            ),
        )
        parser.add_argument("--url-list", metavar="FILE", help=_("lines of file name and address it was published at"))
        parser.add_argument("--dry-run", action="store_true", help=_("say what would happen and store nothing"))
        parser.add_argument(
            "--json", action="store_true", help=_("one JSON object per file, then one of the whole run")
        )

    def handle(self, *, paths: list[str], publish: bool, dry_run: bool, body: str | None, **options: object) -> None:
        if Meeting._meta.db_table not in connection.introspection.table_names():
            raise CommandError(_("The database has no tables yet. Run: manage.py migrate"))
        try:
            source_urls = read_url_list(Path(options["url_list"])) if options["url_list"] else {}
        except UnreadableText as error:
            raise CommandError(str(error)) from error
        chosen = IngestOptions(
            publish=publish,
            dry_run=dry_run,
            body_name=body,
            source_urls=source_urls,
            distinction=" ".join((options["distinction"] or "").split())[:30],
        )
        as_json = bool(options["json"])
        report = self.print_json if as_json else self.print_result
        try:
            counts, doubtful = self.ingest(paths, chosen, report)
        except KeyboardInterrupt as error:
            # 128 and the number of the signal, as shells expect.
            raise CommandError(
                _("Stopped. What is listed above is stored; run the same command again for the rest."), returncode=130
            ) from error
        if not counts:
            raise CommandError(
                _("There is no file to be read ({endings}) in {paths}.", endings=LISTED_ENDINGS, paths=", ".join(paths))
            )
        if as_json:
            self.print_summary_json(counts, dry_run)
        else:
            self.print_summary(counts, doubtful, dry_run)
        if bad := counts["failed"] + counts["needs_body"] + counts["conflict"]:
            raise CommandError(
                _(
                    "{bad} of {files} files were not ingested; see the reasons above.",
                    bad=bad,
                    files=counts.total(),
                )
            )

    def ingest(
        self, paths: Iterable[str], options: IngestOptions, report: Callable[[Result], None]
    ) -> tuple[Counter[str], int]:
        """Ingest the files; return the number by status, and of doubtful new meetings.

        Results are not collected, so that memory use does not grow.
        """
        counts: Counter[str] = Counter()
        doubtful = 0
        for document, read in read_ahead(find_documents(paths), lambda document: not is_known(document.sha256)):
            shown = f"{counts.total() + 1}  {document.name}"
            self.show_progress(shown)
            result = ingest_document(document, options, partial(self.show_page, shown), read)
            self.show_progress("")
            counts[result.status] += 1
            doubtful += bool(result.status == Status.ADDED and result.problems)
            report(result)
            file_ingested.send_robust(sender=None, document=document, result=result, options=options)
            reset_queries()
        return counts, doubtful

    def show_page(self, shown: str, page: int, pages: int) -> None:
        self.show_progress(_("{shown}  page {page} of {pages}", shown=shown, page=page, pages=pages))

    def show_progress(self, text: str) -> None:
        """Show the current file on a terminal; the next output overwrites it."""
        if self.stderr.isatty():
            self.stderr.write(f"\r\033[K{text}", style_func=str, ending="")
            self.stderr.flush()

    def print_result(self, result: Result) -> None:
        details = ""
        if result.status == Status.ADDED:
            details = _(" · {items} items, {problems} problems", items=result.items, problems=result.problems)
        style = self.style.ERROR if result.is_bad else str
        self.stdout.write(style(f"{STATUS_NAMES[result.status]:<9}  {result.file}: {result.message}{details}"))

    def print_json(self, result: Result) -> None:
        self.stdout.write(json.dumps(asdict(result), ensure_ascii=False))

    def print_summary_json(self, counts: Counter[str], dry_run: bool) -> None:
        summary = {"files": counts.total(), **{status: counts[status] for status in Status}, "dry_run": dry_run}
        self.stdout.write(json.dumps({"summary": summary}))

    def print_summary(self, counts: Counter[str], doubtful: int, dry_run: bool) -> None:
        """Print the number of files by group of the import page, then the totals."""
        groups = {
            _("new, nothing to settle"): counts["added"] - doubtful,
            _("new, with problems to check"): doubtful,
            _("drafts that are public now"): counts["published"],
            _("no government named"): counts["needs_body"],
            _("on record already"): counts["unchanged"],
            _("another file of the same meeting on record"): counts["conflict"],
            _("failed"): counts["failed"],
        }
        for name, count in groups.items():
            if count:
                self.stdout.write(f"  {count:>6}  {name}")
        if not dry_run:
            self.stdout.write(_("Review, settle and publish them together: /admin/imports/"))
        ends = ", ".join(f"{count} {STATUS_NAMES[Status(status)]}" for status, count in sorted(counts.items()))
        dry = _(" (dry run: nothing was stored)") if dry_run else ""
        self.stdout.write(_("{files} files: {ends}", files=counts.total(), ends=ends) + dry)
