"""Shared by the views of the desk: permissions, rendering, primary keys."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]
# Digits of the largest primary key.
MAX_DIGITS = 18


def staff_with_permission(*permissions: str) -> Callable[[View], View]:
    """Require staff with one of these permissions; answer 403 without."""

    def guarded(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(request.user.has_perm(permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return never_cache(staff_member_required(checked))

    return guarded


def render_page(
    request: HttpRequest, template: str, title: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """Render a template below templates/desk with the context of the admin site."""
    shown = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"desk/{template}.html", shown, status=status)


def parse_id(written: str) -> int | None:
    """Return a submitted primary key, or None if it is not a possible one."""
    return int(written) if written.isascii() and written.isdigit() and len(written) <= MAX_DIGITS else None
