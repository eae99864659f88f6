"""Render pages of the desk within Django's admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def render_page(
    request: HttpRequest, template: str, title: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """Render a template below templates/desk with the context of the admin site."""
    shown = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"desk/{template}.html", shown, status=status)
