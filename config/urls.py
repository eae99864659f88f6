"""All addresses of the archive: health, the desk below /admin/, the interface for programs, the public pages."""

from django.contrib import admin
from django.urls import include, path

from config.health import health

handler400 = "desk.middleware.refuse_bad_request"

urlpatterns = [
    path("health/", health, name="health"),
    path("admin/", include("desk.urls")),
    path("admin/", admin.site.urls),
    path("api/", include("api.urls")),
    path("", include("pages.data_urls")),
    path("", include("pages.urls")),
    path("", include("search.urls")),
]
