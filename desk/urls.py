"""The records desk, below /admin/: what staff do with files and records."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
