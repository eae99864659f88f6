"""URLs of the public pages."""

from django.urls import path, re_path
from django.views.generic import TemplateView

from pages.attendance.views import attendance_csv, attendance_matrix
from pages.bodies.views import bodies, body
from pages.cards.views import (
    body_card,
    document_card,
    item_card,
    meeting_card,
    organization_card,
    person_card,
)
from pages.chosen_body import choose_body
from pages.citations.views import citation_file, cite, cited
from pages.compare.views import compare, compare_csv
from pages.coverage.views import coverage
from pages.discovery.markdown import markdown_page
from pages.discovery.views import icon, llms
from pages.documents.views import document, documents
from pages.embedding.views import embedded_item, oembed
from pages.home.views import home
from pages.items.views import item
from pages.lists.tables import (
    DOCUMENTS,
    ITEMS,
    MEETINGS,
    ORGANIZATIONS,
    PEOPLE,
    TASKS,
    as_csv,
    as_streamed_csv,
    as_workbook,
    export_view,
)
from pages.meetings.views import meeting, meetings
from pages.meetings.year_calendar import latest_year, year
from pages.organizations.views import organization, organizations
from pages.people.views import people, person
from pages.reports.views import report, thanks
from pages.sources.views import original, source
from pages.tasks.breakdown_views import breakdown, breakdown_file
from pages.tasks.by_unit import by_unit
from pages.tasks.deadline_addresses import redirect_to_tasks
from pages.tasks.register import tasks
from pages.topics.views import topic, topics

# 5 · 5/3 · 5/3/1 · 5/3/1/2: a meeting, its third item, the first paragraph of that, its second sentence
PLACE = r"[1-9][0-9]{0,17}(?:/[1-9][0-9]{0,8}){0,3}"

urlpatterns = [
    path("", home, name="home"),
    path("meetings/", meetings, name="meetings"),
    path("meetings/meetings.csv", export_view(MEETINGS, as_csv), name="meetings-csv"),
    path("items.csv", export_view(ITEMS, as_streamed_csv), name="items-csv"),
    path("meetings/<int:pk>/", meeting, name="meeting"),
    path("meetings/<int:meeting_pk>/items/<int:position>/", item, name="item"),
    path("meetings/<int:pk>/source/", source, name="source"),
    path("meetings/<int:pk>/original/", original, name="original"),
    path("documents/", documents, name="documents"),
    path("documents/documents.csv", export_view(DOCUMENTS, as_csv), name="documents-csv"),
    path("documents/<int:pk>/", document, name="document"),
    path("organizations/", organizations, name="organizations"),
    path("organizations/organizations.csv", export_view(ORGANIZATIONS, as_csv), name="organizations-csv"),
    path("organizations/<int:pk>/", organization, name="organization"),
    path("people/", people, name="people"),
    path("people/people.csv", export_view(PEOPLE, as_csv), name="people-csv"),
    path("people/<int:pk>/", person, name="person"),
    path("tasks/", tasks, name="tasks"),
    path("tasks/tasks.csv", export_view(TASKS, as_csv), name="tasks-csv"),
    path("tasks/tasks.xlsx", export_view(TASKS, as_workbook), name="tasks-xlsx"),
    path("tasks/by-unit/", by_unit, name="tasks-by-unit"),
    path("meetings/<int:pk>/tasks/", breakdown, name="breakdown"),
    re_path(r"^meetings/(?P<pk>[0-9]{1,18})/tasks\.(?P<extension>xlsx|docx)$", breakdown_file, name="breakdown-file"),
    path("deadlines/", redirect_to_tasks("tasks"), name="deadlines"),
    path("deadlines/deadlines.csv", redirect_to_tasks("tasks-csv"), name="deadlines-csv"),
    path("coverage/", coverage, name="coverage"),
    path("compare/", compare, name="compare"),
    path("compare/compare.csv", compare_csv, name="compare-csv"),
    path("meetings/calendar/", latest_year, name="calendar"),
    path("meetings/calendar/<int:year>/", year, name="calendar-year"),
    path("bodies/", bodies, name="bodies"),
    path("bodies/<int:pk>/", body, name="body"),
    path("bodies/choose/", choose_body, name="choose-body"),
    path("topics/", topics, name="topics"),
    path("topics/<str:code>/", topic, name="topic"),
    path("meetings/<int:pk>/card.png", meeting_card, name="card-meeting"),
    path("meetings/<int:meeting_pk>/items/<int:position>/card.png", item_card, name="card-item"),
    path("documents/<int:pk>/card.png", document_card, name="card-document"),
    path("organizations/<int:pk>/card.png", organization_card, name="card-organization"),
    path("people/<int:pk>/card.png", person_card, name="card-person"),
    path("bodies/<int:pk>/card.png", body_card, name="card-body"),
    path("favicon.ico", icon, {"name": "favicon.ico"}, name="favicon"),
    path("apple-touch-icon.png", icon, {"name": "icon-180.png"}, name="apple-touch-icon"),
    path("embed/meetings/<int:meeting_pk>/items/<int:position>/", embedded_item, name="embed-item"),
    path("oembed/", oembed, name="oembed"),
    path("report/", report, name="report"),
    path("report/thanks/", thanks, name="report-thanks"),
    re_path(rf"^cite/(?P<place>{PLACE})/$", cite, name="cite"),
    re_path(rf"^cite/(?P<place>{PLACE})/citation\.(?P<ending>bib|ris|json)$", citation_file, name="citation-file"),
    re_path(rf"^cite/(?P<place>{PLACE})/(?P<fingerprint>[0-9a-f]{{12}})/$", cited, name="cited"),
    path(
        "help/", TemplateView.as_view(template_name="pages/help.html", http_method_names=["get", "head"]), name="help"
    ),
    path("attendance/", attendance_matrix, name="attendance"),
    re_path(r"^(?P<page>[a-z0-9/-]+)\.md$", markdown_page, name="markdown"),
    path("llms.txt", llms, name="llms"),
    path("attendance/attendance.csv", attendance_csv, name="attendance-csv"),
]
