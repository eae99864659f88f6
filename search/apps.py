from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "检索"

    def ready(self) -> None:
        """Connect to signals: changes of public data, and requests for the index time."""
        from minutes.signals import index_time_requested, meeting_changed
        from search.index.index_stats import index_time
        from search.index.tasks import queue_meeting_update

        meeting_changed.connect(queue_meeting_update, dispatch_uid="search.queue_meeting_update")
        index_time_requested.connect(index_time, dispatch_uid="search.index_time")
