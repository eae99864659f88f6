"""The whole archive to take away: what there is, and the files themselves."""

import datetime
import hashlib

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from open_data.archive import CSV_FILES, JSON_LINES, SQLITE_FILE
from open_data.manifest import MANIFEST, ExportedFile
from open_data.public import present_folder, present_manifest, says_what_was_withdrawn
from open_data.tables import TABLES

MEDIA_TYPES = {
    JSON_LINES: "application/jsonl; charset=utf-8",
    CSV_FILES: "application/zip",
    SQLITE_FILE: "application/vnd.sqlite3",
    MANIFEST: "application/json",
}
# The worker makes new files about a minute after a change.
SECONDS_UNTIL_NEW_FILES = 120


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show the files with date, counts and SHA-256, and the columns of each table."""
    manifest = present_manifest()
    context = {
        "manifest": manifest,
        "tables": [(table, manifest.files[-1].counts[table.name]) for table in TABLES] if manifest else [],
        "renewing": manifest is not None and says_what_was_withdrawn(manifest),
    }
    return render(request, "open_data/downloads.html", context)


def file_called(name: str) -> ExportedFile | None:
    manifest = present_manifest()
    return next((file for file in manifest.files if file.name == name), None) if manifest else None


def digest_of_file(request: HttpRequest, name: str) -> str | None:
    """Return a file's ETag, its SHA-256; None where it may not be sent."""
    manifest, file = present_manifest(), file_called(name)
    if manifest is None or says_what_was_withdrawn(manifest):
        return None
    if name == MANIFEST:
        return f'"{hashlib.sha256(manifest.as_json().encode()).hexdigest()}"'
    return f'"{file.sha256}"' if file else None


def time_of_file(request: HttpRequest, name: str) -> datetime.datetime | None:
    manifest = present_manifest()
    return manifest.generated_at if manifest and digest_of_file(request, name) else None


@require_safe
@cache_control(no_cache=True)
@condition(etag_func=digest_of_file, last_modified_func=time_of_file)
def data_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One of the files; 503 while it still says what was withdrawn, until the worker has made new ones."""
    manifest, folder = present_manifest(), present_folder()
    if manifest is None or folder is None or name not in MEDIA_TYPES:
        raise Http404("no such file")
    if says_what_was_withdrawn(manifest):
        response = render(request, "open_data/regenerating.html", status=503)
        response["Retry-After"] = str(SECONDS_UNTIL_NEW_FILES)
        return response
    try:
        file = (folder / name).open("rb")
    except FileNotFoundError as error:
        raise Http404("no such file") from error
    return FileResponse(file, as_attachment=name != MANIFEST, filename=name, content_type=MEDIA_TYPES[name])
