"""`manage.py check_index`.

Compare the search index with the records, and repair what differs.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.index.consistency import IndexCheck, check_index
from search.index.engines.base import SearchUnavailable
from search.service import update_meetings


class Command(BaseCommand):
    help = "Compares every document of the search index with the records; ends with an error when they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare --repair."""
        parser.add_argument("--repair", action="store_true", help="index the meetings anew whose documents differ")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        """Compare, tell, and repair if asked to."""
        try:
            check = check_index()
        except SearchUnavailable as error:
            raise CommandError(
                f"The index cannot be read ({error}): run manage.py index, which builds it anew."
            ) from error
        if check.is_right:
            self.stdout.write("The index holds what the records say.")
            return
        self.stdout.write(_told(check))
        if not repair:
            raise CommandError("The index differs from the records: run manage.py check_index --repair.")
        written = update_meetings(check.meetings)
        self.stdout.write(f"Repaired: indexed {written} documents of {len(check.meetings)} meetings anew.")


def _told(check: IndexCheck) -> str:
    told = f"{len(check.missing)} missing, {len(check.ghosts)} ghost and {len(check.stale)} stale documents"
    waiting = f" ({check.waiting} changed meetings still wait for the worker)" if check.waiting else ""
    return f"{told} in {len(check.meetings)} meetings{waiting}."
