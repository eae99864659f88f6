from django.urls import path, re_path
from django.views.generic import TemplateView

from pages import discovery, list_tables, markdown
from pages.attendance import views as attendance_matrix
from pages.bodies import views as bodies
from pages.citations import views as citations
from pages.coverage import views as coverage
from pages.documents import views as documents
from pages.home import views as home
from pages.items import views as items
from pages.meetings import views as meetings
from pages.meetings import year_calendar
from pages.organizations import views as organizations
from pages.people import views as people
from pages.reports import views as reports
from pages.sources import views as source
from pages.tasks import views as deadlines

# 5 · 5/3 · 5/3/1 · 5/3/1/2: a meeting, its third item, the first paragraph of that, its second sentence
PLACE = r"[1-9][0-9]{0,17}(?:/[1-9][0-9]{0,8}){0,3}"

urlpatterns = [
    path("", home.home, name="home"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/meetings.csv", list_tables.as_csv(list_tables.MEETINGS), name="meetings-csv"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:meeting_pk>/items/<int:position>/", items.item, name="item"),
    path("meetings/<int:pk>/source/", source.source, name="source"),
    path("meetings/<int:pk>/original/", source.original, name="original"),
    path("documents/", documents.documents, name="documents"),
    path("documents/documents.csv", list_tables.as_csv(list_tables.DOCUMENTS), name="documents-csv"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("organizations/", organizations.organizations, name="organizations"),
    path("organizations/organizations.csv", list_tables.as_csv(list_tables.ORGANIZATIONS), name="organizations-csv"),
    path("organizations/<int:pk>/", organizations.organization, name="organization"),
    path("people/", people.people, name="people"),
    path("people/people.csv", list_tables.as_csv(list_tables.PEOPLE), name="people-csv"),
    path("people/<int:pk>/", people.person, name="person"),
    path("deadlines/", deadlines.deadlines, name="deadlines"),
    path("deadlines/deadlines.csv", list_tables.as_csv(list_tables.DEADLINES), name="deadlines-csv"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("meetings/calendar/", year_calendar.latest_year, name="calendar"),
    path("meetings/calendar/<int:year>/", year_calendar.year, name="calendar-year"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/<int:pk>/", bodies.body, name="body"),
    path("report/", reports.report, name="report"),
    path("report/thanks/", reports.thanks, name="report-thanks"),
    re_path(rf"^cite/(?P<place>{PLACE})/$", citations.cite, name="cite"),
    re_path(
        rf"^cite/(?P<place>{PLACE})/citation\.(?P<ending>bib|ris|json)$", citations.citation_file, name="citation-file"
    ),
    re_path(rf"^cite/(?P<place>{PLACE})/(?P<fingerprint>[0-9a-f]{{12}})/$", citations.cited, name="cited"),
    path(
        "help/", TemplateView.as_view(template_name="pages/help.html", http_method_names=["get", "head"]), name="help"
    ),
    path("attendance/", attendance_matrix.attendance_matrix, name="attendance"),
    re_path(r"^(?P<page>[a-z0-9/]+)\.md$", markdown.markdown_page, name="markdown"),
    path("llms.txt", discovery.llms, name="llms"),
    path("attendance/attendance.csv", attendance_matrix.attendance_csv, name="attendance-csv"),
]
