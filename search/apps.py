from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "检索"

    def ready(self) -> None:
        """Listen for changes of what the public may see, and for who asks how fresh the index is."""
        from minutes.signals import index_time_asked, meeting_changed
        from search.index.freshness import index_time
        from search.index.tasks import note_meeting_changed

        meeting_changed.connect(note_meeting_changed, dispatch_uid="search.note_meeting_changed")
        index_time_asked.connect(index_time, dispatch_uid="search.index_time")
