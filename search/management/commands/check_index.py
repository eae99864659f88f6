"""`manage.py check_index`: compare the index with the records, and repair it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from minutes.messages import translate as _
from search.index.consistency import IndexCheck, check_index
from search.index.engines.base import IndexUnreachable, SearchUnavailable
from search.service import update_meetings


class Command(BaseCommand):
    help = _("Compares every document of the search index with the records; ends with an error when they differ.")
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare --repair."""
        parser.add_argument("--repair", action="store_true", help=_("reindex the meetings whose documents differ"))

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        """Compare, report, and repair if requested."""
        try:
            check = check_index()
        except IndexUnreachable as error:
            raise CommandError(_("The index cannot be read: {error}.", error=error)) from error
        except SearchUnavailable as error:
            raise CommandError(
                _("The index cannot be read ({error}): run manage.py index, which rebuilds it.", error=error)
            ) from error
        if check.is_right:
            self.stdout.write(_("The index matches the records."))
            return
        self.stdout.write(_differences(check))
        if not repair:
            raise CommandError(_("The index differs from the records: run manage.py check_index --repair."))
        written = update_meetings(check.meetings)
        self.stdout.write(
            _(
                "Repaired: reindexed {written} documents of {meetings} meetings.",
                written=written,
                meetings=len(check.meetings),
            )
        )


def _differences(check: IndexCheck) -> str:
    counts = _(
        "{missing} missing, {ghosts} ghost and {stale} stale documents",
        missing=len(check.missing),
        ghosts=len(check.ghosts),
        stale=len(check.stale),
    )
    waiting = (
        _(" ({waiting} changed meetings still wait for the worker)", waiting=check.waiting) if check.waiting else ""
    )
    return f"{counts} in {len(check.meetings)} meetings{waiting}."
