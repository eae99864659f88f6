"""URLs for programs: feeds, calendar, sitemaps, and discovery files."""

from django.urls import path

from minutes.models import Document, Organization, Person
from pages.discovery.feeds import DocumentFeed, NewMeetings, NewTasks, OrganizationFeed, PersonFeed, TopicFeed
from pages.discovery.views import opensearch, robots, sitemap, sitemap_index
from pages.redirects import redirect_merged
from pages.tasks.deadline_addresses import redirect_to_tasks
from pages.tasks.deadline_calendar import tasks

organization_feed = redirect_merged(Organization.objects.published)(OrganizationFeed())
document_feed = redirect_merged(Document.objects.published)(DocumentFeed())
person_feed = redirect_merged(Person.objects.published)(PersonFeed())

urlpatterns = [
    path("feeds/meetings/", NewMeetings(), name="feed-meetings"),
    path("feeds/tasks/", NewTasks(), name="feed-tasks"),
    path("feeds/organizations/<int:pk>/", organization_feed, name="feed-organization"),
    path("feeds/documents/<int:pk>/", document_feed, name="feed-document"),
    path("feeds/topics/<str:code>/", TopicFeed(), name="feed-topic"),
    path("feeds/people/<int:pk>/", person_feed, name="feed-person"),
    path("tasks/tasks.ics", tasks, name="tasks-ics"),
    path("deadlines.ics", redirect_to_tasks("tasks-ics"), name="deadlines-ics"),
    path("sitemap.xml", sitemap_index, name="sitemaps"),
    path("sitemap-<section>.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path("opensearch.xml", opensearch, name="opensearch"),
]
