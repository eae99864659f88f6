"""App configuration of the bulk files."""

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "open_data"
    verbose_name = "开放数据"

    def ready(self) -> None:
        """Regenerate the files when public data changes."""
        from minutes.signals import meeting_changed
        from open_data.tasks import enqueue_regeneration

        meeting_changed.connect(enqueue_regeneration, dispatch_uid="open_data.enqueue_regeneration")
