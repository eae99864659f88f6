"""Admin pages of names: bodies, organizations, aliases, people and documents.

Organizations can be given other names here; what the text of a meeting says is corrected in the meeting.
"""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin

from desk.admin.base import ReadOnlyAdmin
from minutes.merging.aliases import announce_names_of, keep_former_name, other_unit_called
from minutes.models import Body, Division, Document, Organization, OrganizationAlias, Person
from minutes.parser.vocabulary.characters import canonical

# Adds links to the page where the record is merged or split.
MERGEABLE = "admin/mergeable.html"
WHERE_TO_CORRECT = "写错的，请在相应会议的审核页更正；同一对象有两条记录的，请合并。"


def only_keys(*keys: str) -> None:
    """Raise Http404 unless all of these are primary keys.

    django-simple-history passes whatever the URL contains to the database.
    """
    for key in keys:
        try:
            models.BigAutoField().to_python(key)
        except ValidationError as error:
            raise Http404("no such record") from error


class WithHistory(SimpleHistoryAdmin):
    """Admin page with the history of a record: who changed what, and reverting."""

    object_history_list_template = "admin/versions.html"
    object_history_form_template = "admin/version.html"

    def history_view(self, request: HttpRequest, object_id: str, *args, **kwargs) -> HttpResponse:
        only_keys(object_id)
        return super().history_view(request, object_id, *args, **kwargs)

    def history_form_view(self, request: HttpRequest, object_id: str, version_id: str, *args, **kwargs) -> HttpResponse:
        only_keys(object_id, version_id)
        return super().history_form_view(request, object_id, version_id, *args, **kwargs)

    def save_model(self, request: HttpRequest, record: models.Model, form: forms.ModelForm, change: bool) -> None:
        """Save the fields of the form only.

        Reverting to an earlier version changes nothing else: merged records stay merged.
        """
        if change and (now := type(record).objects.filter(pk=record.pk).first()):
            for field in record._meta.concrete_fields:
                if field.name not in form.fields:
                    setattr(record, field.attname, getattr(now, field.attname))
        super().save_model(request, record, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class MergedFilter(admin.SimpleListFilter):
    title = "合并"
    parameter_name = "joined"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("no", "未并入其他记录"), ("yes", "已并入其他记录")]

    def queryset(self, request: HttpRequest, records: models.QuerySet) -> models.QuerySet:
        if self.value() in ("no", "yes"):
            return records.filter(merged_into__isnull=self.value() == "no")
        return records


class NameForm(forms.ModelForm):
    """Name of an organization, unique within its body."""

    def clean_name(self) -> str:
        name = canonical(self.cleaned_data["name"].strip())
        unit = self.unit()
        if unit and unit.body_id and (other := other_unit_called(name, unit)):
            raise forms.ValidationError(f"“{name}”已经是单位“{other}”的名称或别名。是同一个单位的，请合并。")
        return name


class OrganizationForm(NameForm):
    def unit(self) -> Organization:
        if body := self.cleaned_data.get("body"):
            self.instance.body = body
        return self.instance


class AliasForm(NameForm):
    def unit(self) -> Organization:
        return self.instance.organization


class AliasFormSet(forms.BaseInlineFormSet):
    def _construct_form(self, i: int, **kwargs) -> forms.ModelForm:
        """Set the body of an alias to that of its organization."""
        form = super()._construct_form(i, **kwargs)
        form.instance.organization, form.instance.body_id = self.instance, self.instance.body_id
        return form


class AliasInline(admin.TabularInline):
    model = OrganizationAlias
    form = AliasForm
    formset = AliasFormSet
    fields = ["name"]
    extra = 1

    def has_add_permission(self, request: HttpRequest, organization: Organization | None = None) -> bool:
        return may_name(request, organization)

    has_change_permission = has_delete_permission = has_add_permission


def may_name(request: HttpRequest, record: models.Model | None = None) -> bool:
    """Return whether a user may change names.

    The names of a record that was merged into another are fixed.
    """
    merged = record is not None and record.merged_into_id is not None
    return request.user.has_perm("minutes.review_minutes") and not merged


@admin.register(Organization)
class OrganizationAdmin(WithHistory):
    change_form_template = MERGEABLE
    form = OrganizationForm
    list_display = ["name", "full_name", "body", "merged_into"]
    list_filter = ["body", MergedFilter]
    list_select_related = ["body", "merged_into"]
    search_fields = ["name", "full_name", "aliases__name"]
    fields = ["body", "name", "full_name", "merged_into"]
    inlines = [AliasInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Organization | None = None) -> list[str]:
        return ["body", "merged_into"] if obj else ["merged_into"]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "name":
            field.help_text = "改名后，原来的名称自动成为别名，原文照旧能找到这个单位。"
        return field

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_name(request)

    def has_change_permission(self, request: HttpRequest, obj: Organization | None = None) -> bool:
        return may_name(request, obj)

    def save_model(self, request: HttpRequest, organization: Organization, form: forms.ModelForm, change: bool) -> None:
        former = Organization.objects.filter(pk=organization.pk).values_list("name", flat=True).first()
        super().save_model(request, organization, form, change)
        if former and former != organization.name:
            keep_former_name(organization, former)
            announce_names_of(organization)


class NamesakeAdmin(WithHistory):
    """Records named in texts; only what distinguishes namesakes can be edited."""

    change_form_template = MERGEABLE

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        return [name for name in self.fields if name != "distinction"]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "distinction":
            field.required = True
            field.help_text = f"名称相同的记录靠它区分，例如任职时间。名称取自原文，不在这里改：{WHERE_TO_CORRECT}"
        return field

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return may_name(request, obj) and (obj is None or obj.distinction != "")


@admin.register(Person)
class PersonAdmin(NamesakeAdmin):
    list_display = ["name", "organization", "distinction", "body", "merged_into"]
    list_filter = ["body", MergedFilter]
    list_select_related = ["organization", "body", "merged_into"]
    search_fields = ["name", "organization__name"]
    fields = ["body", "name", "organization", "distinction", "merged_into"]


@admin.register(Document)
class DocumentAdmin(NamesakeAdmin):
    list_display = ["title", "distinction", "body", "merged_into"]
    list_filter = ["body", MergedFilter]
    list_select_related = ["body", "merged_into"]
    search_fields = ["title"]
    fields = ["body", "title", "distinction", "merged_into"]


@admin.register(Body)
class BodyAdmin(WithHistory):
    """Bodies; only their administrative division is entered by hand."""

    search_fields = ["name"]
    list_display = ["name", "division"]
    list_filter = [("division", admin.EmptyFieldListFilter)]
    list_select_related = ["division"]
    fields = ["name", "division"]
    readonly_fields = ["name"]
    autocomplete_fields = ["division"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, body: Body | None = None) -> bool:
        return request.user.has_perm("minutes.review_minutes")


@admin.register(Division)
class DivisionAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    search_fields = ["name", "parent__name"]
    list_display = ["name", "parent", "code"]
    list_select_related = ["parent"]

    def has_view_permission(self, request: HttpRequest, division: Division | None = None) -> bool:
        return request.user.has_perm("minutes.view_body")
