"""Admin classes that only show records; they are changed on the review page of their meeting."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest


class ReadOnlyAdmin:
    """Deny adding, changing and deleting."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ReadOnlyInline(ReadOnlyAdmin, admin.TabularInline):
    extra = 0
    show_change_link = True
