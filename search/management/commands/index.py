"""`manage.py index`: bring the search index up to date with the records."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from minutes.messages import translate as _
from search import service
from search.index.engines.base import SearchUnavailable


class Command(BaseCommand):
    help = _(
        "Brings the search index up to date: builds it when it is missing, damaged or outdated, else adds changes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare --rebuild."""
        parser.add_argument("--rebuild", action="store_true", help=_("build the whole index anew, aside, and switch"))

    def handle(self, *args: Any, rebuild: bool, **options: Any) -> None:
        """Update or rebuild the index, and report what was done."""
        try:
            work = service.bring_up_to_date(rebuild=rebuild)
        except OSError as error:
            raise CommandError(
                _(
                    "The index could not be written: {error}. The index as it was keeps answering. "
                    "Make room in {folder} or let this user write there, and run this again.",
                    error=error,
                    folder=settings.INDEX_DIR,
                )
            ) from error
        except SearchUnavailable as error:
            raise CommandError(
                _(
                    "The index could not be written: {error}. What changed waits in the database: run this again.",
                    error=error,
                )
            ) from error
        if work.rebuilt_because:
            self.stdout.write(_("Built the index anew ({rebuilt_because}).", rebuilt_because=work.rebuilt_because))
        if work.meetings:
            self.stdout.write(
                _(
                    "Indexed {documents} documents of {meetings} meetings.",
                    documents=work.documents,
                    meetings=work.meetings,
                )
            )
        else:
            self.stdout.write(_("The index is up to date."))
