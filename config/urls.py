"""URLs of the archive: health, the desk below /admin/, the API, the public pages."""

from django.contrib import admin
from django.urls import include, path

from config.health import health, ready
from desk.operations.metrics import metrics
from desk.urls import STAFF_ROUTE

handler400 = "desk.middleware.refuse_bad_request"
handler500 = "config.middleware.server_error"

urlpatterns = [
    path("health/", health, name="health"),
    path("ready/", ready, name="ready"),
    path("metrics/", metrics, name="metrics"),
    path(STAFF_ROUTE, include("desk.urls")),
    path(STAFF_ROUTE, admin.site.urls),
    path("api/", include("search.api.urls")),
    path("api/", include("api.urls")),
    path("", include("open_data.urls")),
    path("", include("pages.discovery.urls")),
    path("", include("pages.urls")),
    path("", include("search.urls")),
]
