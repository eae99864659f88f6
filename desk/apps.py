from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "收录与审核"
