"""Download page of the bulk files, and the files themselves."""

import datetime
import hashlib

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from open_data.archive import JSON_LINES, MEDIA_TYPES
from open_data.manifest import MANIFEST, ExportedFile
from open_data.public import contains_withdrawn, current_folder, current_manifest
from open_data.tables import TABLES

# The worker regenerates the files about a minute after a change.
SECONDS_UNTIL_NEW_FILES = 120


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show the files with date, counts and SHA-256, and the columns of each table."""
    manifest = current_manifest()
    context = {
        "manifest": manifest,
        "tables": [(table, manifest.files[-1].counts[table.name]) for table in TABLES] if manifest else [],
        "renewing": manifest is not None and contains_withdrawn(manifest),
    }
    return render(request, "open_data/downloads.html", context)


def file_called(name: str) -> ExportedFile | None:
    manifest = current_manifest()
    return next((file for file in manifest.files if file.name == name), None) if manifest else None


def digest_of_file(request: HttpRequest, name: str) -> str | None:
    """Return a file's ETag, its SHA-256, or None if it may not be sent."""
    manifest, file = current_manifest(), file_called(name)
    if manifest is None or contains_withdrawn(manifest):
        return None
    if name == MANIFEST:
        return f'"{hashlib.sha256(manifest.as_json().encode()).hexdigest()}"'
    return f'"{file.sha256}"' if file else None


def time_of_file(request: HttpRequest, name: str) -> datetime.datetime | None:
    manifest = current_manifest()
    return manifest.generated_at if manifest and digest_of_file(request, name) else None


@require_safe
@cache_control(no_cache=True)
@condition(etag_func=digest_of_file, last_modified_func=time_of_file)
def data_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a file; 503 while it contains withdrawn text, until it is regenerated."""
    manifest, folder = current_manifest(), current_folder()
    if manifest is None or folder is None or name not in MEDIA_TYPES:
        raise Http404("no such file")
    if contains_withdrawn(manifest):
        response = render(request, "open_data/regenerating.html", status=503)
        response["Retry-After"] = str(SECONDS_UNTIL_NEW_FILES)
        return response
    try:
        file = (folder / name).open("rb")
    except FileNotFoundError as error:
        raise Http404("no such file") from error
    media_type = f"{MEDIA_TYPES[name]}; charset=utf-8" if name == JSON_LINES else MEDIA_TYPES[name]
    return FileResponse(file, as_attachment=name != MANIFEST, filename=name, content_type=media_type)
