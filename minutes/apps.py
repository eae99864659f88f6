"""App configuration of the records."""

from django.apps import AppConfig


class MinutesConfig(AppConfig):
    name = "minutes"
    verbose_name = "会议纪要"
