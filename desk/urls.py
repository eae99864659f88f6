"""URLs of the desk, below /admin/."""

from django.urls import include, path, re_path

from desk import guide
from desk.imports import views as imports
from desk.merging import views as merging
from desk.review import views as review
from desk.review.breakdown import breakdown, breakdown_file
from desk.uploads import views as uploads
from desk.workflow import views as workflow

# Route prefix of everything for staff only; middleware compares the resolved route with it.
STAFF_ROUTE = "admin/"

urlpatterns = [
    path("guide/<slug:page_name>.md", guide.guide, name="desk-guide"),
    path("guide/pictures/<slug:picture_name>.png", guide.picture, name="desk-guide-picture"),
    path("imports/", imports.imports, name="desk-imports"),
    path("imports/again/", imports.again, name="desk-imports-again"),
    path("imports/aside/", imports.aside, name="desk-imports-aside"),
    path("imports/body/", imports.body, name="desk-imports-body"),
    path("imports/likeliest/", imports.likeliest, name="desk-imports-likeliest"),
    path("imports/publish/", imports.publish, name="desk-imports-publish"),
    path("imports/reviewed/", imports.reviewed, name="desk-imports-reviewed"),
    path("imports/settle/", imports.settle, name="desk-imports-settle"),
    path("review/<int:pk>/next/", imports.next_draft, name="desk-next-draft"),
    path("join/", merging.overview, name="desk-merge"),
    path("join/acts/<int:pk>/", merging.operation, name="desk-merge-operation"),
    path("join/acts/<int:pk>/undo/", merging.undo, name="desk-merge-undo"),
    path("join/acts/<int:pk>/go-on/", merging.resume, name="desk-merge-resume"),
    path("join/<slug:kind>/", merging.records, name="desk-merge-kind"),
    path("join/<slug:kind>/<int:pk>/", merging.record, name="desk-merge-record"),
    path("join/<slug:kind>/<int:pk>/into/<int:other>/", merging.merge, name="desk-merge-into"),
    path("join/<slug:kind>/<int:pk>/part/", merging.split, name="desk-split"),
    path("review/<int:pk>/", review.review, name="desk-review"),
    path("review/<int:pk>/correct/", review.correct_place, name="desk-correct"),
    path("review/<int:pk>/settle/", review.settle, name="desk-settle"),
    path("review/<int:pk>/reviewed/", workflow.reviewed, name="desk-reviewed"),
    path("review/<int:pk>/reopened/", workflow.reopened, name="desk-reopened"),
    path("review/<int:pk>/publish/", workflow.published, name="desk-publish"),
    path("review/<int:pk>/withdraw/", workflow.withdrawn, name="desk-withdraw"),
    path("review/<int:pk>/restore/", workflow.restored, name="desk-restore"),
    path("review/<int:pk>/reparse/", workflow.reparse_meeting, name="desk-reparse"),
    path("review/<int:pk>/history/", workflow.history, name="desk-history"),
    path("review/<int:pk>/history/<int:history_id>/", workflow.reverted, name="desk-revert"),
    path("review/<int:pk>/tasks/", breakdown, name="desk-breakdown"),
    re_path(
        r"^review/(?P<pk>[0-9]{1,18})/tasks\.(?P<extension>xlsx|docx)$", breakdown_file, name="desk-breakdown-file"
    ),
    path("second-factor/", include("desk.accounts.urls")),
    path("uploads/", uploads.uploads, name="desk-uploads"),
    path("uploads/<int:pk>/", uploads.upload, name="desk-upload"),
    path("uploads/<int:pk>/original/", uploads.original, name="desk-upload-original"),
    path("uploads/<int:pk>/again/", uploads.again, name="desk-upload-again"),
    path("uploads/<int:pk>/aside/", uploads.aside, name="desk-upload-aside"),
    path("uploads/<int:pk>/both/", uploads.both, name="desk-upload-both"),
    path("uploads/<int:pk>/take/", uploads.take, name="desk-upload-take"),
]
