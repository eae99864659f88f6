"""View decorators of the desk."""

from collections.abc import Callable

from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


def staff_with_permission(permission: str) -> Callable[[View], View]:
    """Require a signed-in member of staff with this permission; answer 403 without it."""

    def guarded(view: View) -> View:
        return never_cache(staff_member_required(permission_required(permission, raise_exception=True)(view)))

    return guarded
