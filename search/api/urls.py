from django.urls import path

from search.api import views
from search.query.form import current_parameter_names

urlpatterns = [
    path("v1/search/", current_parameter_names(views.SearchView.as_view()), name="api-v1-search"),
    path("search/", current_parameter_names(views.UnversionedSearchView.as_view()), name="api-search"),
]
