"""URLs of the bulk files."""

from django.urls import path

from open_data.catalogue import catalogue
from open_data.views import data, data_file

urlpatterns = [
    path("data/", data, name="data"),
    path("data/catalogue.jsonld", catalogue, name="data-catalogue"),
    path("data/<str:name>", data_file, name="data-file"),
]
