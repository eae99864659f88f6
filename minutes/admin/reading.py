"""Pages of the admin that only show."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest


class ForReading:
    """Rights of an admin page or a part of one on which nothing can be added, changed or deleted."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ReadingInline(ForReading, admin.TabularInline):
    extra = 0
    show_change_link = True
