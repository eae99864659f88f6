"""`manage.py index`: bring the search index up to date with the records."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from minutes.messages import translate as _
from search import service
from search.index.engines.base import SearchUnavailable


class Command(BaseCommand):
    help = _("Updates the search index: rebuilds it if it is missing, damaged or outdated, otherwise adds changes.")
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare --rebuild."""
        parser.add_argument("--rebuild", action="store_true", help=_("rebuild the whole index, then switch to it"))

    def handle(self, *args: Any, rebuild: bool, **options: Any) -> None:
        """Update or rebuild the index, and report what was done."""
        try:
            work = service.bring_up_to_date(rebuild=rebuild)
        except OSError as error:
            raise CommandError(
                _(
                    "The index could not be written: {error}. The previous index is still in use. Free space in "
                    "{folder} or make it writable for this user, and run this again.",
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
            self.stdout.write(_("Rebuilt the index ({rebuilt_because}).", rebuilt_because=work.rebuilt_because))
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
