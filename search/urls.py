from django.urls import URLPattern, path

from search.alerts import views as alerts
from search.pages import help, views
from search.results import exports, feeds
from search.suggestions import views as suggest
from search.trend import views as trend

urlpatterns: list[URLPattern] = [
    path("search/", views.search, name="search"),
    path("search/results.csv", exports.export_csv, name="search-csv"),
    path("search/results.jsonl", exports.export_jsonl, name="search-jsonl"),
    path("search/feed/", feeds.feed, name="search-feed"),
    path("search/help/", help.help_page, name="search-help"),
    path("search/alerts/", alerts.ask, name="search-alert"),
    path("search/alerts/asked/", alerts.asked, name="search-alert-asked"),
    path("search/alerts/confirm/<str:token>/", alerts.confirm, name="search-alert-confirm"),
    path("search/alerts/end/<str:token>/", alerts.end, name="search-alert-end"),
    path("search/suggest/", suggest.suggest_as_typed, name="search-suggest"),
    path("search/trend/", trend.trend, name="search-trend"),
    path("search/trend/trend.csv", trend.trend_csv, name="search-trend-csv"),
]
