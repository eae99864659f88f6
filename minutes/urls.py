from django.urls import path
from django.views.generic import TemplateView

from minutes.views import (
    attendance_matrix,
    bodies,
    coverage,
    deadlines,
    documents,
    home,
    items,
    meetings,
    organizations,
    people,
    source,
    year_calendar,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:meeting_pk>/items/<int:position>/", items.item, name="item"),
    path("meetings/<int:pk>/source/", source.source, name="source"),
    path("meetings/<int:pk>/original/", source.original, name="original"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("organizations/", organizations.organizations, name="organizations"),
    path("organizations/<int:pk>/", organizations.organization, name="organization"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("deadlines/", deadlines.deadlines, name="deadlines"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("meetings/calendar/", year_calendar.latest_year, name="calendar"),
    path("meetings/calendar/<int:year>/", year_calendar.year, name="calendar-year"),
    path("bodies/<int:pk>/", bodies.body, name="body"),
    path(
        "help/", TemplateView.as_view(template_name="minutes/help.html", http_method_names=["get", "head"]), name="help"
    ),
    path("attendance/", attendance_matrix.attendance_matrix, name="attendance"),
    path("attendance/attendance.csv", attendance_matrix.attendance_csv, name="attendance-csv"),
]
