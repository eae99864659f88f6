from typing import Any

from django.core.management.base import BaseCommand, CommandError

from minutes.messages import translate as _
from search.alerts.digest import send_digests
from search.alerts.subscribe import forget_unconfirmed
from search.index.engines.base import SearchUnavailable


class Command(BaseCommand):
    help = _("Sends everyone who asked for it what their searches newly find, at most once a day. docs/use/alerts.md")
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = forget_unconfirmed()
        try:
            sent = send_digests()
        except SearchUnavailable as error:
            raise CommandError(_("The index cannot be read: run manage.py index, then this again.")) from error
        self.stdout.write(
            _(
                "{letters} sent, {failed} failed, {forgotten} unconfirmed deleted.",
                letters=sent.letters,
                failed=sent.failed,
                forgotten=forgotten,
            )
        )
        if sent.failed:
            raise CommandError(_("Not all were sent: see the log. They are tried again the next time."))
