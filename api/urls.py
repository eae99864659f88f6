from django.urls import include, path
from rest_framework.routers import SimpleRouter

from api import views
from api.description import views as discovery

router = SimpleRouter()
router.register("bodies", views.BodyView, "api-v1-body")
router.register("meetings", views.MeetingView, "api-v1-meeting")
router.register("items", views.ItemView, "api-v1-item")
router.register("paragraphs", views.ParagraphView, "api-v1-paragraph")
router.register("decisions", views.DecisionView, "api-v1-decision")
router.register("documents", views.DocumentView, "api-v1-document")
router.register("organizations", views.OrganizationView, "api-v1-organization")
router.register("people", views.PersonView, "api-v1-person")
router.register("attendance", views.AttendanceView, "api-v1-attendance")
router.register("tasks", views.TaskView, "api-v1-task")
router.register("deadlines", views.DeadlineView, "api-v1-deadline")
lists = {prefix: f"{basename}-list" for prefix, _, basename in router.registry}

urlpatterns = [
    path("", discovery.Index.as_view(), name="api-root"),
    path("docs/", discovery.documentation, name="api-docs"),
    path("schema/", discovery.Schema.as_view(), name="api-schema"),
    path("v1/", discovery.IndexOfRecords.as_view(lists=lists), name="api-v1"),
    path("v1/", include(router.urls)),
    path("v1/<path:address>/", discovery.NoSuchAddress.as_view(), name="api-v1-nothing"),
]
