"""The addresses for those who read by program: files, feeds, calendar, and what helps to find the archive."""

from django.urls import path

from minutes.models import Document, Organization, Person
from open_data import views as data
from pages import discovery, feeds
from pages.redirects import leads_to_kept
from pages.tasks import deadline_calendar

urlpatterns = [
    path("data/", data.data, name="data"),
    path("data/<str:name>", data.data_file, name="data-file"),
    path("feeds/meetings/", feeds.NewMeetings(), name="feed-meetings"),
    path(
        "feeds/organizations/<int:pk>/",
        leads_to_kept(Organization.objects.published)(feeds.OrganizationFeed()),
        name="feed-organization",
    ),
    path(
        "feeds/documents/<int:pk>/",
        leads_to_kept(Document.objects.published)(feeds.DocumentFeed()),
        name="feed-document",
    ),
    path("feeds/people/<int:pk>/", leads_to_kept(Person.objects.published)(feeds.PersonFeed()), name="feed-person"),
    path("deadlines.ics", deadline_calendar.deadlines, name="deadlines-ics"),
    path("sitemap.xml", discovery.sitemap_index, name="sitemaps"),
    path("sitemap-<section>.xml", discovery.sitemap, name="sitemap"),
    path("robots.txt", discovery.robots, name="robots"),
    path("opensearch.xml", discovery.opensearch, name="opensearch"),
]
