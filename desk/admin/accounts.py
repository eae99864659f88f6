"""Admin pages for users: create, assign roles, unlock, reset the second factor."""

from __future__ import annotations

from axes.utils import reset
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.contrib.auth.models import Group, User
from django.db import models
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.accounts import second_factor
from desk.accounts.roles import role_names
from minutes.models import AuditAction, AuditEntry

# A migration creates the roles, and keys of second factors are never shown.
admin.site.unregister([User, Group, TOTPDevice, StaticDevice])


class NewUserForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = ("username", "first_name", "groups")


class NewPasswordForm(AdminPasswordChangeForm):
    """Set a password; accounts without one are deactivated instead."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True


class RoleFilter(admin.RelatedFieldListFilter):
    """Filter by group, titled 角色."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "角色"


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Users with name, password and roles; they are deactivated, never deleted."""

    add_form = NewUserForm
    change_password_form = NewPasswordForm
    # Django's template begins with a sentence without Chinese translation; the plain form has all the fields it
    # mentions.
    add_form_template = "admin/change_form.html"
    fieldsets = [
        (None, {"fields": ["username", "password", "first_name"]}),
        ("权限", {"fields": ["is_active", "groups"]}),
        ("时间", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "first_name", "password1", "password2", "groups"]})]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    list_display = ["username", "called", "roles", "has_second_factor", "is_active", "last_login"]
    list_filter = [("groups", RoleFilter), "is_active"]
    search_fields = ["username", "first_name"]
    actions = ["unlock", "take_second_factor_away"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        device = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).prefetch_related("groups").annotate(second_factor=Exists(device))

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs) -> forms.Field | None:
        """Label the fields with the terms used in the desk."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "first_name":
            field.label = "姓名"
        if db_field.name == "is_active":
            field.help_text = "离开的人不删除，只取消勾选：他做过的事仍然记在名下。"
        return field

    def formfield_for_manytomany(self, db_field: models.Field, request: HttpRequest, **kwargs) -> forms.Field:
        if db_field.name == "groups":
            return forms.ModelMultipleChoiceField(
                Group.objects.order_by("pk"),
                label="角色",
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text="有角色的人才能进入后台。上传员：上传。编辑：上传、审核、更正。发布员：上传、审核、更正、发布、撤回。"
                "管理员：以上全部，以及合并与拆分、用户、审计日志。",
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Forbid changing superusers: setting their password would grant their rights."""
        out_of_reach = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not out_of_reach and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    @admin.display(description="姓名", ordering="first_name")
    def called(self, user: User) -> str:
        return user.first_name

    @admin.display(description="角色")
    def roles(self, user: User) -> str:
        return role_names(user)

    @admin.display(description="第二因素", boolean=True)
    def has_second_factor(self, user: User) -> bool:
        return user.second_factor

    @admin.action(description="解除登录锁定", permissions=["change"])
    def unlock(self, request: HttpRequest, users: models.QuerySet) -> None:
        for user in self.within_reach(request, users):
            reset(username=user.username)
            self.note(request, user, "解除登录锁定")

    @admin.action(description="重置第二因素", permissions=["change"])
    def take_second_factor_away(self, request: HttpRequest, users: models.QuerySet) -> None:
        for user in self.within_reach(request, users):
            second_factor.remove(user)
            self.note(request, user, "重置第二因素")

    def within_reach(self, request: HttpRequest, users: models.QuerySet) -> list[User]:
        """Return the selected users this user may change; report how many were skipped."""
        reached = [user for user in users if self.has_change_permission(request, user)]
        self.message_user(
            request, f"已处理 {len(reached)} 位用户，跳过 {len(users) - len(reached)} 位。", messages.SUCCESS
        )
        return reached

    def log_addition(self, request: HttpRequest, user: User, message: object):
        self.note(request, user, "新建用户")
        return super().log_addition(request, user, message)

    def log_change(self, request: HttpRequest, user: User, message: object):
        changed = [name for change in message for name in change.get("changed", {}).get("fields", [])]
        self.note(request, user, f"更改：{'、'.join(changed)}" if changed else "保存，未更改")
        return super().log_change(request, user, message)

    def note(self, request: HttpRequest, user: User, what: str) -> None:
        """Log a change to a user, with the resulting roles and state."""
        roles = role_names(User.objects.get(pk=user.pk))
        state = "" if user.is_active else "；已停用"
        AuditEntry.note(AuditAction.RIGHTS_CHANGED, request.user, user, f"{what}；角色：{roles}{state}")
