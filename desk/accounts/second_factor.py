"""The second factor of a user: an authenticator app, and recovery codes for the day it is lost."""

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
# What is open before each step is done: the step itself, what it shows, and the way out.
OPEN_BEFORE = {
    "desk-second-factor-code": {"desk-second-factor-code", "admin:logout", "admin:login"},
    "desk-second-factor": {"desk-second-factor", "desk-second-factor-picture", "admin:logout", "admin:login"},
}


def step_before_the_admin(user: AbstractUser | AnonymousUser) -> str | None:
    """The name of the page on which this user has to prove or set up the second factor first."""
    if not user.is_staff or user.is_verified():
        return None
    if is_set_up(user):
        return "desk-second-factor-code"
    return "desk-second-factor" if settings.SECOND_FACTOR == "required" else None


def is_set_up(user: AbstractUser) -> bool:
    return device_of_app(user) is not None


def device_of_app(user: AbstractUser) -> TOTPDevice | None:
    """The app that is in use."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def device_being_set_up(user: AbstractUser) -> TOTPDevice:
    """The app's key that waits for its first code; made on the first look, and then the same one."""
    waiting = TOTPDevice.objects.filter(user=user, confirmed=False).order_by("pk").first()
    return waiting or TOTPDevice.objects.create(user=user, confirmed=False, name="验证器")


def key_in_letters(device: TOTPDevice) -> str:
    """The key as an app takes it from the keyboard, in groups of four letters."""
    letters = b32encode(device.bin_key).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


@transaction.atomic
def set_up(user: AbstractUser, code: str) -> list[str]:
    """The recovery codes, once the first code of the app is right; none when it is wrong."""
    device = device_being_set_up(user)
    if not device.verify_token(without_spaces(code)):
        return []
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    return renew_recovery_codes(user)


@transaction.atomic
def renew_recovery_codes(user: AbstractUser) -> list[str]:
    """New recovery codes; the ones before are void."""
    device, _ = StaticDevice.objects.get_or_create(user=user, defaults={"name": "恢复码"})
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def recovery_codes_left(user: AbstractUser) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def device_that_accepts(user: AbstractUser, code: str) -> Device | None:
    """The app, or the recovery codes, of which this is a valid code. After wrong ones both take their time."""
    code = without_spaces(code)
    device = device_of_app(user) if code.isdecimal() else StaticDevice.objects.filter(user=user).first()
    return device and verify_token(user, device.persistent_id, code.lower())


def without_spaces(code: str) -> str:
    """The code as it was made: apps show 123 456."""
    return "".join(code.split())


def take_away(user: AbstractUser) -> None:
    """Leaves the user without a second factor, as before it was set up."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
