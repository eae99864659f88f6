"""Admin lists of agenda items, documents and tasks."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from desk.admin.base import ReadOnlyAdmin, ReadOnlyInline
from minutes.models import Action, AgendaItem, Deadline, Decision, DocumentReference, Involvement, Paragraph


class ParagraphInline(ReadOnlyInline):
    model = Paragraph
    fields = ["position", "marker", "text"]


class ActionInline(ReadOnlyInline):
    model = Action
    fields = ["kind", "written"]


class DecisionInline(ReadOnlyInline):
    model = Decision
    fields = ["outcome", "outcome_text", "next_step"]


class InvolvementInline(ReadOnlyInline):
    model = Involvement
    fields = ["organization", "role", "written"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("organization")


class DocumentReferenceInline(ReadOnlyInline):
    model = DocumentReference
    fields = ["document", "kind", "stage", "short_title"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("document")


@admin.register(AgendaItem)
class AgendaItemAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    list_display = ["title", "meeting", "position"]
    list_filter = ["meeting__status", "meeting__body"]
    list_select_related = ["meeting__body"]
    search_fields = ["title"]
    date_hierarchy = "meeting__date"
    inlines = [ActionInline, DecisionInline, InvolvementInline, DocumentReferenceInline, ParagraphInline]


@admin.register(Deadline)
class DeadlineAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    list_display = ["text", "date", "item", "meeting"]
    list_filter = [("date", admin.EmptyFieldListFilter)]
    list_select_related = ["item", "meeting__body"]
    search_fields = ["text", "item__title"]
    date_hierarchy = "date"
