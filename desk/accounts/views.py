"""Pages of the second factor: set up, enter at sign-in, renew codes, disable."""

from __future__ import annotations

import io

import django_otp
import qrcode
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.views.decorators import staff_member_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from qrcode.image.svg import SvgPathImage

from desk.accounts import second_factor
from desk.shortcuts import render_page
from minutes.models import AuditAction, AuditEntry

WRONG_CODE = "验证码不对，或者已经用过。请等下一个验证码出现再输入；连续输错之后，要多等一会儿才能再试。"


class CodeForm(forms.Form):
    """Form for a code of the app, or a recovery code."""

    code = forms.CharField(
        label="验证码",
        max_length=20,
        strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
        error_messages={"required": "请输入验证码。"},
    )


@staff_member_required
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Show the state of the second factor, or set it up.

    Setting up shows the key, asks for the first code and shows the recovery codes.
    """
    if second_factor.is_set_up(request.user):
        left = second_factor.recovery_codes_left(request.user)
        required = settings.SECOND_FACTOR == "required"
        return render_page(request, "accounts/is_set_up", left=left, required=required, form=CodeForm())
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if codes := second_factor.set_up(request.user, form.cleaned_data["code"]):
            mark_verified(request, second_factor.totp_device(request.user))
            AuditEntry.note(AuditAction.RIGHTS_CHANGED, request.user, request.user, "启用第二因素")
            return render_page(request, "accounts/recovery_codes", codes=codes)
        form.add_error("code", WRONG_CODE)
    key = second_factor.key_as_base32(second_factor.unconfirmed_device(request.user))
    return render_page(request, "accounts/set_up", form=form, key=key, status=400 if form.errors else 200)


@staff_member_required
@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """Return the key as a QR code, as long as the app is not confirmed."""
    if second_factor.is_set_up(request.user):
        raise Http404("the key of a confirmed second factor is never shown")
    file = io.BytesIO()
    address = second_factor.unconfirmed_device(request.user).config_url
    qrcode.make(address, image_factory=SvgPathImage).save(file)
    return HttpResponse(file.getvalue(), content_type="image/svg+xml")


@staff_member_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code after the password."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        device = second_factor.device_accepting(request.user, form.cleaned_data["code"])
        if device:
            mark_verified(request, device)
            AuditEntry.note(AuditAction.LOGGED_IN, request.user, detail=f"第二因素：{device.name}")
            return redirect(next_url(request))
        AuditEntry.note(AuditAction.LOGIN_FAILED, request.user, detail="第二因素")
        form.add_error("code", WRONG_CODE)
    return render_page(request, "accounts/code", form=form, status=400 if form.errors else 200)


@staff_member_required
@require_POST
def renew_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Replace the recovery codes and show them once."""
    if not second_factor.is_set_up(request.user):
        return redirect("desk-second-factor")
    codes = second_factor.renew_recovery_codes(request.user)
    AuditEntry.note(AuditAction.RIGHTS_CHANGED, request.user, request.user, "更换恢复码")
    return render_page(request, "accounts/recovery_codes", codes=codes)


@staff_member_required
@require_POST
def disable(request: HttpRequest) -> HttpResponse:
    """Disable the second factor of a user who can still enter a code."""
    form = CodeForm(request.POST)
    if not form.is_valid() or not second_factor.device_accepting(request.user, form.cleaned_data["code"]):
        messages.error(request, WRONG_CODE)
        return redirect("desk-second-factor")
    second_factor.remove(request.user)
    AuditEntry.note(AuditAction.RIGHTS_CHANGED, request.user, request.user, "停用第二因素")
    messages.success(request, "第二因素已停用。")
    return redirect("desk-second-factor")


def mark_verified(request: HttpRequest, device: django_otp.models.Device) -> None:
    """Mark the session as verified and rotate its key."""
    request.session.cycle_key()
    django_otp.login(request, device)


def next_url(request: HttpRequest) -> str:
    """Return the page requested before the code, if it is on this site."""
    address = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else reverse("admin:index")
