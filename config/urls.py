"""All addresses of the archive: health, the desk below /admin/, the interface for programs, the public pages."""

from django.contrib import admin
from django.urls import include, path

from config.health import health

handler400 = "desk.middleware.refuse_bad_request"

urlpatterns = [
    path("health/", health, name="health"),
    path("admin/", include("desk.urls")),
    path("admin/", admin.site.urls),
    path("api/", include("minutes.api.urls")),
    path("", include("minutes.data_urls")),
    path("", include("minutes.urls")),
    path("", include("search.urls")),
]
