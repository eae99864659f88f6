"""Addresses of the bulk files."""

from django.urls import path

from open_data.views import data, data_file

urlpatterns = [
    path("data/", data, name="data"),
    path("data/<str:name>", data_file, name="data-file"),
]
