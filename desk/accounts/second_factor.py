"""The second factor: an authenticator app, and recovery codes for when it is lost."""

from __future__ import annotations

from base64 import b32encode

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import transaction
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
# Views that stay reachable until the step is completed: the step itself, its QR code, and sign-out.
VIEWS_OPEN_DURING_STEP = {
    "desk-second-factor-code": {"desk-second-factor-code", "admin:logout", "admin:login"},
    "desk-second-factor": {"desk-second-factor", "desk-second-factor-picture", "admin:logout", "admin:login"},
}


def missing_step(user: AbstractUser | AnonymousUser) -> str | None:
    """Return the view where the user must enter or set up the second factor, if any."""
    if not user.is_staff or user.is_verified():
        return None
    if is_set_up(user):
        return "desk-second-factor-code"
    return "desk-second-factor" if settings.SECOND_FACTOR == "required" else None


def is_set_up(user: AbstractUser) -> bool:
    return totp_device(user) is not None


def totp_device(user: AbstractUser) -> TOTPDevice | None:
    """Return the confirmed authenticator app."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def unconfirmed_device(user: AbstractUser) -> TOTPDevice:
    """Return the app waiting for its first code; create it on the first call."""
    waiting = TOTPDevice.objects.filter(user=user, confirmed=False).order_by("pk").first()
    return waiting or TOTPDevice.objects.create(user=user, confirmed=False, name="验证器")


def key_as_base32(device: TOTPDevice) -> str:
    """Return the key as typed into an app, in groups of four letters."""
    letters = b32encode(device.bin_key).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


@transaction.atomic
def set_up(user: AbstractUser, code: str) -> list[str]:
    """Confirm the app with its first code.

    Return the recovery codes, or an empty list if the code is wrong.
    """
    device = unconfirmed_device(user)
    if not device.verify_token(strip_spaces(code)):
        return []
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    return renew_recovery_codes(user)


@transaction.atomic
def renew_recovery_codes(user: AbstractUser) -> list[str]:
    """Replace the recovery codes; the previous ones become invalid."""
    device, _ = StaticDevice.objects.get_or_create(user=user, defaults={"name": "恢复码"})
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def recovery_codes_left(user: AbstractUser) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def device_accepting(user: AbstractUser, code: str) -> Device | None:
    """Return the device (app or recovery codes) that accepts the code; throttled."""
    code = strip_spaces(code)
    device = totp_device(user) if code.isdecimal() else StaticDevice.objects.filter(user=user).first()
    return device and verify_token(user, device.persistent_id, code.lower())


def strip_spaces(code: str) -> str:
    """Remove the spaces that apps display within a code: 123 456."""
    return "".join(code.split())


def remove(user: AbstractUser) -> None:
    """Delete the user's second factor and recovery codes."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
