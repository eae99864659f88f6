"""Who may come to a page of the desk: staff who are logged in and hold a permission."""

from collections.abc import Callable

from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


def for_staff_with(permission: str) -> Callable[[View], View]:
    """The decorator of such a page: others are asked to log in, or told that they may not."""

    def guarded(view: View) -> View:
        return never_cache(staff_member_required(permission_required(permission, raise_exception=True)(view)))

    return guarded
