from django.urls import URLPattern, path

from search.alerts import views as alerts
from search.pages import help, views
from search.query.form import current_parameter_names
from search.results import exports, feeds
from search.suggestions import views as suggest
from search.trend import views as trend

urlpatterns: list[URLPattern] = [
    path("search/", current_parameter_names(views.search), name="search"),
    path("search/results.csv", current_parameter_names(exports.export_csv), name="search-csv"),
    path("search/results.jsonl", current_parameter_names(exports.export_jsonl), name="search-jsonl"),
    path("search/feed/", current_parameter_names(feeds.feed), name="search-feed"),
    path("search/help/", help.help_page, name="search-help"),
    path("search/alerts/", current_parameter_names(alerts.ask), name="search-alert"),
    path("search/alerts/asked/", alerts.asked, name="search-alert-asked"),
    path("search/alerts/confirm/<str:token>/", alerts.confirm, name="search-alert-confirm"),
    path("search/alerts/end/<str:token>/", alerts.end, name="search-alert-end"),
    path("search/suggest/", suggest.suggest_as_typed, name="search-suggest"),
    path("search/trend/", trend.trend, name="search-trend"),
    path("search/trend/trend.csv", trend.trend_csv, name="search-trend-csv"),
]
