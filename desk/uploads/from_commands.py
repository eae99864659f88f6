"""Store files that `manage.py ingest` could not ingest, for people to decide."""

from __future__ import annotations

from django.dispatch import receiver

from desk.models import LEFT_TO_PEOPLE, Upload, UploadState
from desk.uploads.actions import receive_document
from minutes.extraction.archives import Document
from minutes.ingest.ingest_file import IngestOptions, Result
from minutes.signals import file_ingested


@receiver(file_ingested)
def keep_for_people(document: Document, result: Result, options: IngestOptions, **_: object) -> None:
    """Queue a file that was not ingested; resolve its upload once it was."""
    if options.dry_run:
        return
    sha256 = document.sha256 if document.content else ""
    same = Upload.objects.filter(by=None, name=document.name, sha256=sha256)
    if not result.is_bad:
        same.filter(state__in=LEFT_TO_PEOPLE).update(state=UploadState.KNOWN, meeting=result.meeting, content=b"")
    elif not same.exists():
        address = options.source_urls.get(document.name, options.source_url)
        receive_document(document, None, body_name=options.body_name or "", source_url=address)
