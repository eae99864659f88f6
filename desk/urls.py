"""The records desk, below /admin/: what staff do with files and records."""

from django.urls import include, path

from desk.views import uploads

urlpatterns = [
    path("second-factor/", include("desk.access.urls")),
    path("uploads/", uploads.uploads, name="desk-uploads"),
    path("uploads/<int:pk>/", uploads.upload, name="desk-upload"),
    path("uploads/<int:pk>/original/", uploads.original, name="desk-upload-original"),
    path("uploads/<int:pk>/again/", uploads.again, name="desk-upload-again"),
    path("uploads/<int:pk>/aside/", uploads.aside, name="desk-upload-aside"),
    path("uploads/<int:pk>/take/", uploads.take, name="desk-upload-take"),
]
