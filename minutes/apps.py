from django.apps import AppConfig


class MinutesConfig(AppConfig):
    name = "minutes"
    verbose_name = "会议纪要"

    def ready(self) -> None:
        """Listen for changes of what the public may download."""
        from minutes.signals import meeting_changed
        from minutes.tasks import ask_for_exports

        meeting_changed.connect(ask_for_exports, dispatch_uid="minutes.ask_for_exports")
