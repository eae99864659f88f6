"""`manage.py index`: bring the search index up to date with the records."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search import service


class Command(BaseCommand):
    help = "Brings the search index up to date: builds it when it is missing, damaged or outdated, else adds changes."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare --rebuild."""
        parser.add_argument("--rebuild", action="store_true", help="build the whole index anew, aside, and switch")

    def handle(self, *args: Any, rebuild: bool, **options: Any) -> None:
        """Do what is needed and say what that was."""
        work = service.bring_up_to_date(rebuild=rebuild)
        if work.rebuilt_because:
            self.stdout.write(f"Built the index anew ({work.rebuilt_because}).")
        if work.meetings:
            self.stdout.write(f"Indexed {work.documents} documents of {work.meetings} meetings.")
        else:
            self.stdout.write("The index is up to date.")
