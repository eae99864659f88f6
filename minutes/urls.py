from django.urls import path

from minutes.views import deadlines, documents, home, items, meetings, organizations, people, source

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
]
