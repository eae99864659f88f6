"""Read meetings again with the current parser: manage.py reparse [ID…]"""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from minutes.corrections.changes import CorrectionRefused
from minutes.corrections.reparse import Rereading, reparse
from minutes.messages import translate as _
from minutes.models import Meeting
from minutes.parser import PARSER_VERSION

SHOWN = 60


class Command(BaseCommand):
    help = _(
        "Reparses meetings with the current parser, prints the differences, and keeps all human corrections; "
        "conflicts are shown on the review page."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "meetings", nargs="*", type=int, metavar="ID", help=_("meetings, as numbered in /meetings/ID/")
        )
        parser.add_argument(
            "--all", action="store_true", help=_("all meetings, also those the present parser has read")
        )
        parser.add_argument("--dry-run", action="store_true", help=_("show the differences and change nothing"))

    def handle(self, *, meetings: list[int], dry_run: bool, **options: object) -> None:
        changed = asked = refused = 0
        ids = self.meeting_ids(meetings, bool(options["all"]))
        for meeting_id in ids:
            try:
                rereading = reparse(meeting_id, by=None, dry_run=dry_run)
            except CorrectionRefused as error:
                self.stderr.write(_("{meeting_id}: nothing was changed: {error}", meeting_id=meeting_id, error=error))
                refused += 1
                continue
            self.print_result(rereading)
            changed += bool(rereading.differences)
            asked += len(rereading.questions)
        dry = _(" (dry run: nothing was changed)") if dry_run else ""
        self.stdout.write(
            _(
                "{ids} meetings: {changed} read otherwise, {asked} questions about corrections{dry}",
                ids=len(ids),
                changed=changed,
                asked=asked,
                dry=dry,
            )
        )
        if refused:
            raise CommandError(
                _(
                    "{refused} of {ids} meetings were not changed; see the reasons above.",
                    refused=refused,
                    ids=len(ids),
                )
            )

    def meeting_ids(self, ids: list[int], every: bool) -> list[int]:
        """Return the given ids, or by default those read by another parser version."""
        if not ids:
            meetings = Meeting.objects.order_by("pk")
            return list(
                (meetings if every else meetings.exclude(parser_version=PARSER_VERSION)).values_list("pk", flat=True)
            )
        known = set(Meeting.objects.filter(pk__in=ids).values_list("pk", flat=True))
        if unknown := [str(each) for each in ids if each not in known]:
            raise CommandError(
                _(
                    "There is no meeting {unknown}. The number is part of the URL of a meeting.",
                    unknown=", ".join(unknown),
                )
            )
        return ids

    def print_result(self, rereading: Rereading) -> None:
        versions = f"parser {rereading.from_version} -> {rereading.to_version}"
        self.stdout.write(f"{rereading.meeting.pk}  {rereading.meeting}  {versions}")
        for difference in rereading.differences:
            self.stdout.write(f"  {difference.name}: {shown(difference.text_before)} -> {shown(difference.text_after)}")
        for question in rereading.questions:
            self.stdout.write(f"  ? {question.message}")


def shown(words: str) -> str:
    """Shorten a value to one line; – if it is empty."""
    return words if 0 < len(words) <= SHOWN else f"{words[:SHOWN]}…" if words else "–"
