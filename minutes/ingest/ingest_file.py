"""Ingest a file of minutes: all of its records or none, and only once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from minutes.corrections.changes import keep_reading
from minutes.corrections.reparse import replace_source
from minutes.divisions.placement import get_or_create_body
from minutes.extraction.archives import Document
from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.files import display_name
from minutes.extraction.read_file import read_file
from minutes.extraction.results import Progress, no_progress
from minutes.ingest.body_candidates import body_candidates
from minutes.ingest.read_ahead import Read
from minutes.ingest.record_meeting import AlreadyRecorded, record
from minutes.messages import translate as _
from minutes.models import Meeting, MeetingStatus, SourceFile
from minutes.parser import PARSER_VERSION
from minutes.parser.types import ParsedMinutes, Problem
from minutes.workflow import announce_change, publish


class NotMinutes(Exception):
    """The text cannot be ingested; the message gives the reason and a remedy."""


class BodyNotNamed(NotMinutes):
    """Neither the text nor the options name the body.

    `candidates` are suggestions.
    """

    candidates: list[str]


class Status(StrEnum):
    ADDED = "added"
    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    NEEDS_BODY = "needs_body"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of ingesting one file."""

    file: str
    status: Status
    message: str
    meeting: int | None = None
    items: int | None = None
    problems: int | None = None
    # Possible bodies, if the text does not name one.
    candidates: tuple[str, ...] = ()

    @property
    def is_bad(self) -> bool:
        """Return whether the file was not ingested and needs a person."""
        return self.status in (Status.CONFLICT, Status.NEEDS_BODY, Status.FAILED)


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """Options given by the user who runs the ingest."""

    publish: bool = False
    dry_run: bool = False
    body_name: str | None = None
    # Who uploads the file; None on the command line.
    by: AbstractBaseUser | None = None
    # The URL where the file was published, if known.
    source_url: str = ""
    # The same for several files, by file name.
    source_urls: Mapping[str, str] = field(default_factory=dict)
    # Distinguishes the meeting from another with the same number or time, if both took place.
    distinction: str = ""
    # The meeting whose source file is to be replaced by this one, as by a better scan or a corrected print.
    in_place_of: Meeting | None = None
    # The revision of that meeting at the decision; a later one is not replaced.
    in_place_of_revision: int | None = None
    # Whether to recognize a scan at once, or to raise `MustBeRecognized`.
    recognizes: bool = True


def ingest_document(
    document: Document, options: IngestOptions, progress: Progress = no_progress, read: Read = read_file
) -> Result:
    """Ingest one file; any error becomes its result and affects no other file."""
    name = document.name
    address = options.source_urls.get(name, options.source_url)
    try:
        return ingest_bytes(name, document.read(), replace(options, source_url=address), progress, read)
    except BodyNotNamed as error:
        return Result(name, Status.NEEDS_BODY, str(error), candidates=tuple(error.candidates))
    except (UnreadableText, NotMinutes) as error:
        return Result(name, Status.FAILED, str(error))
    except AlreadyRecorded as error:
        other = error.meeting
        message = _(
            "{meeting} is already in the archive, read from {source}. Nothing was changed. "
            "If both meetings took place, keep this one too: --distinction WORDS",
            meeting=other,
            source=other.source.name,
        )
        return Result(name, Status.CONFLICT, message, other.pk)
    except Exception as error:
        # Unexpected, so the exception class is included. Later files must still be ingested.
        return Result(name, Status.FAILED, f"{type(error).__name__}: {error}")


def ingest_bytes(
    name: str, content: bytes, options: IngestOptions, progress: Progress = no_progress, read: Read = read_file
) -> Result:
    """Ingest the content of a file with this name."""
    name = display_name(name)
    sha256 = hashlib.sha256(content).hexdigest()
    if known := result_for_known_bytes(name, sha256, options):
        return known
    reading = read(name, content, progress, options.recognizes)
    extracted, parsed = reading.extraction, reading.parsed
    try:
        body_name = body_that_met(parsed, options)
    except BodyNotNamed as error:
        error.candidates = body_candidates(name, extracted, parsed)
        raise
    source = SourceFile(
        name=name,
        sha256=sha256,
        content=content,
        format=reading.format,
        encoding=extracted.encoding,
        text=extracted.text,
        web=msgspec.to_builtins(extracted.web),
        source_url=options.source_url or extracted.source_url,
        received_by=options.by,
    )
    problems = [*extracted.problems, *problems_of_source(parsed, body_name)]
    try:
        try:
            return store(parsed, source, body_name, problems, options)
        except IntegrityError:
            # Another process stored the same since the check, so now the check finds it.
            source.pk = None
            return result_for_known_bytes(name, sha256, options) or store(parsed, source, body_name, problems, options)
    except AlreadyRecorded as error:
        # The conflicting record may be of the same content, stored since the check.
        if known := result_for_known_bytes(name, sha256, options):
            return known
        # For the comparison of the two files.
        error.text = extracted.text
        raise


def is_known(sha256: str) -> bool:
    """Return whether these bytes are, or were, the source of a meeting."""
    return SourceFile.objects.filter(sha256=sha256).exists()


def result_for_known_bytes(name: str, sha256: str, options: IngestOptions) -> Result | None:
    """Return the result for content already ingested; publish a draft if requested."""
    if not is_known(sha256):
        return None
    with transaction.atomic():
        meeting = Meeting.objects.select_related("body", "source").filter(source__sha256=sha256).first()
        if meeting is None:
            return result_for_former_source(name, sha256)
        fill_in_source_url(meeting, options)
        if meeting.status == MeetingStatus.DRAFT and options.publish:
            if not options.dry_run:
                publish(meeting)
            message = _("{meeting}, a draft until now", meeting=meeting)
            return Result(name, Status.PUBLISHED, message, meeting.pk)
        message = _("{meeting} is in the archive with these very bytes", meeting=meeting)
        if meeting.status == MeetingStatus.WITHDRAWN:
            message += _("; it was withdrawn and stays so")
        return Result(name, Status.UNCHANGED, message, meeting.pk)


def fill_in_source_url(meeting: Meeting, options: IngestOptions) -> None:
    """Store the source URL of a known file if it has none.

    For published meetings, only users who may publish change it.
    """
    is_public = meeting.status in (MeetingStatus.PUBLISHED, MeetingStatus.WITHDRAWN)
    may = not is_public or options.by is None or options.by.has_perm("minutes.publish_minutes")
    if options.source_url and not meeting.source.source_url and may and not options.dry_run:
        meeting.source.source_url = options.source_url
        meeting.source.save(update_fields=["source_url"])
        announce_change(meeting)


def result_for_former_source(name: str, sha256: str) -> Result | None:
    """Return the result for the content of a replaced file, without any change."""
    former = SourceFile.objects.filter(sha256=sha256).select_related("formerly_of__body").first()
    if former is None or former.formerly_of is None:
        return None
    message = _(
        "{meeting} was read from these very bytes until another file took their place", meeting=former.formerly_of
    )
    return Result(name, Status.UNCHANGED, message, former.formerly_of.pk)


def body_that_met(parsed: ParsedMinutes, options: IngestOptions) -> str:
    """Return the name of the body; raise `NotMinutes` if there is none."""
    if not parsed.items and parsed.date is None and parsed.number is None:
        raise NotMinutes(_("These are not minutes: the text has no item, no date and no number of a meeting."))
    if parsed.body:
        return parsed.body.value
    if options.body_name:
        return options.body_name
    raise BodyNotNamed(_("The text does not name the government that met. Say it: --body 云川市人民政府"))


def problems_of_source(parsed: ParsedMinutes, body_name: str) -> Iterator[Problem]:
    if parsed.body is None:
        message = f"原文没有写明会议主体，“{body_name}”是收录时指定的，请核对。"
        yield Problem("body-not-named", message, None)


@transaction.atomic
def store(
    parsed: ParsedMinutes, source: SourceFile, body_name: str, problems: list[Problem], options: IngestOptions
) -> Result:
    body = get_or_create_body(body_name)
    if options.in_place_of:
        meeting = replace_source(
            options.in_place_of.pk, options.in_place_of_revision, source, parsed, problems, options.by
        )
    else:
        meeting = record(parsed, source, body, PARSER_VERSION, problems, options.distinction)
        keep_reading(meeting, parsed, problems)
    result = Result(
        source.name,
        Status.ADDED,
        str(meeting),
        meeting.pk,
        len(parsed.items),
        problems=meeting.problems.to_settle().count(),
    )
    if options.dry_run:
        transaction.set_rollback(True)
        return replace(result, meeting=None)
    if options.publish:
        publish(meeting)
    return result
