"""A file of minutes → its records: all of them or none, and never twice."""

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
from minutes.ingest.record_meeting import AlreadyRecorded, record
from minutes.messages import translate as _
from minutes.models import Meeting, MeetingStatus, SourceFile
from minutes.parser import PARSER_VERSION
from minutes.parser.types import ParsedMinutes, Problem
from minutes.workflow import announce_change, publish


class NotMinutes(Exception):
    """The text cannot become a record; the message says why and what to do."""


class BodyNotNamed(NotMinutes):
    """The text does not say who met, and nobody said it for the text; `candidates` may have."""

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
    """What became of one file."""

    file: str
    status: Status
    message: str
    meeting: int | None = None
    items: int | None = None
    problems: int | None = None
    # Who may have met, where the text does not say it.
    candidates: tuple[str, ...] = ()

    @property
    def is_bad(self) -> bool:
        """True when the minutes of this file are not in the archive and somebody has to look."""
        return self.status in (Status.CONFLICT, Status.NEEDS_BODY, Status.FAILED)


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """What whoever runs the ingest asked for."""

    publish: bool = False
    dry_run: bool = False
    body_name: str | None = None
    # Who brings the file; nobody when it comes from the command line.
    by: AbstractBaseUser | None = None
    # Where the file was published, as far as whoever brings it knows.
    source_url: str = ""
    # The same for several files, by their names.
    source_urls: Mapping[str, str] = field(default_factory=dict)
    # What tells the meeting from another one with the same number or time, where both took place.
    distinction: str = ""
    # The meeting whose file this one shall replace: the better scan, the corrected print.
    in_place_of: Meeting | None = None
    # The revision of that meeting on which this was decided; nothing is replaced once it has another.
    in_place_of_revision: int | None = None
    # Whether a scan is recognized here and now, or refused with `MustBeRecognized`.
    recognizes: bool = True


def ingest_document(document: Document, options: IngestOptions, progress: Progress = no_progress) -> Result:
    """Ingest one file; an error concerns this file alone and becomes its result."""
    name = document.name
    address = options.source_urls.get(name, options.source_url)
    try:
        return ingest_bytes(name, document.read(), replace(options, source_url=address), progress)
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
        # Not foreseen, so the class is told too; the files after this one shall not suffer from it.
        return Result(name, Status.FAILED, f"{type(error).__name__}: {error}")


def ingest_bytes(name: str, content: bytes, options: IngestOptions, progress: Progress = no_progress) -> Result:
    """Ingest the bytes of a file received under this name."""
    name = display_name(name)
    sha256 = hashlib.sha256(content).hexdigest()
    if known := result_for_known_bytes(name, sha256, options):
        return known
    reading = read_file(name, content, progress, options.recognizes)
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
            # Another process stored the same thing since we looked: now it can be seen, and told.
            source.pk = None
            return result_for_known_bytes(name, sha256, options) or store(parsed, source, body_name, problems, options)
    except AlreadyRecorded as error:
        # The record that stands in the way may be of these very bytes, and younger than our look at them.
        if known := result_for_known_bytes(name, sha256, options):
            return known
        # For whoever has to compare the two files.
        error.text = extracted.text
        raise


def result_for_known_bytes(name: str, sha256: str, options: IngestOptions) -> Result | None:
    """Handle bytes already in the archive: publish a draft if wanted, nothing else."""
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
    """Note the address a file came from where none was noted; what is public, only those change who may publish."""
    is_public = meeting.status in (MeetingStatus.PUBLISHED, MeetingStatus.WITHDRAWN)
    may = not is_public or options.by is None or options.by.has_perm("minutes.publish_minutes")
    if options.source_url and not meeting.source.source_url and may and not options.dry_run:
        meeting.source.source_url = options.source_url
        meeting.source.save(update_fields=["source_url"])
        announce_change(meeting)


def result_for_former_source(name: str, sha256: str) -> Result | None:
    """Handle the bytes of a replaced file: report them and do nothing."""
    former = SourceFile.objects.filter(sha256=sha256).select_related("formerly_of__body").first()
    if former is None or former.formerly_of is None:
        return None
    message = _(
        "{meeting} was read from these very bytes until another file took their place", meeting=former.formerly_of
    )
    return Result(name, Status.UNCHANGED, message, former.formerly_of.pk)


def body_that_met(parsed: ParsedMinutes, options: IngestOptions) -> str:
    """Return the name of the body; raise `NotMinutes` when there is none."""
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
