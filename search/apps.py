from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "检索"

    def ready(self) -> None:
        """Listen for changes of what the public may see."""
        from minutes.signals import meeting_changed
        from search.tasks import note_meeting_changed

        meeting_changed.connect(note_meeting_changed, dispatch_uid="search.note_meeting_changed")
