"""App configuration of the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "收录与审核"

    def ready(self) -> None:
        # Connect signal receivers.
        from desk import audit  # noqa: F401
        from desk.accounts import roles  # noqa: F401
        from desk.uploads import from_commands  # noqa: F401
