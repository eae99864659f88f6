from django.urls import path

from search.api import views

urlpatterns = [
    path("v1/search/", views.SearchView.as_view(), name="api-v1-search"),
    path("search/", views.UnversionedSearchView.as_view(), name="api-search"),
]
