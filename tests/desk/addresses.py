"""The URLs of the archive with the roles that may open them and the responses.

The URLs are compared with the program's URL configuration, so a new one fails a test until it is listed here.
"""

import re
from dataclasses import dataclass

from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import get_resolver, reverse

from desk.models import Upload
from minutes.models import CitedText, Meeting, MergeOperation, Organization
from tests.desk.staff import ROLES

UPLOADER, EDITOR, PUBLISHER, ADMINISTRATOR, SUPERUSER = *ROLES, "超级用户"
NOBODY = frozenset()
STAFF = frozenset({*ROLES, SUPERUSER})
UPLOADING = STAFF
REVIEWING = STAFF - {UPLOADER}
PUBLISHING = STAFF - {UPLOADER, EDITOR}
RULING = frozenset({ADMINISTRATOR, SUPERUSER})
STRANGERS = ("nobody signed in", "user without a role")
EVERYBODY = (*STRANGERS, *ROLES, SUPERUSER)

# Responses of public URLs that are the same for everybody, whatever the record.
PUBLIC = {
    "api-docs": 200,
    "api-root": 200,
    "api-schema": 200,
    "api-search": 200,
    "api-v1": 200,
    "api-v1-search": 200,
    **{
        f"api-v1-{kind}-{what}": 200
        for kind in (
            *("attendance", "body", "deadline", "decision", "document", "item", "meeting", "organization"),
            *("paragraph", "person", "task"),
        )
        for what in ("list", "detail")
    },
    "api-v1-nothing": 404,
    "attendance": 200,
    "attendance-csv": 200,
    "bodies": 200,
    "body": 200,
    "breakdown": 200,
    "breakdown-file": 200,
    "apple-touch-icon": 302,
    "calendar": 302,
    "card-body": 200,
    "card-document": 200,
    "card-item": 200,
    "card-meeting": 200,
    "card-organization": 200,
    "card-person": 200,
    "calendar-year": 200,
    "citation-file": 200,
    "choose-body": 405,
    "cite": 200,
    "cited": 200,
    "compare": 200,
    "compare-csv": 200,
    "coverage": 200,
    "data": 200,
    "data-catalogue": 200,
    "data-file": 200,
    "deadlines": 301,
    "deadlines-csv": 301,
    "deadlines-ics": 301,
    "document": 200,
    "documents": 200,
    "embed-item": 200,
    "documents-csv": 200,
    "favicon": 302,
    "feed-document": 200,
    "feed-meetings": 200,
    "feed-organization": 200,
    "feed-person": 200,
    "feed-tasks": 200,
    "feed-topic": 200,
    "health": 200,
    "help": 200,
    "home": 200,
    "item": 200,
    "items-csv": 200,
    "llms": 200,
    "markdown": 200,
    "meeting": 200,
    "meetings": 200,
    "meetings-csv": 200,
    "oembed": 400,
    "opensearch": 200,
    "organization": 200,
    "organizations": 200,
    "organizations-csv": 200,
    "original": 200,
    "people": 200,
    "people-csv": 200,
    "person": 200,
    "metrics": 404,
    "ready": 200,
    "report": 200,
    "report-thanks": 200,
    "robots": 200,
    "search": 200,
    "search-alert": 200,
    "search-alert-asked": 200,
    "search-alert-confirm": 404,
    "search-alert-end": 200,
    "search-csv": 200,
    "search-feed": 200,
    "search-help": 200,
    "search-jsonl": 200,
    "search-suggest": 200,
    "search-trend": 200,
    "search-trend-csv": 200,
    "sitemap": 200,
    "sitemaps": 200,
    "source": 200,
    "tasks": 200,
    "tasks-by-unit": 200,
    "tasks-csv": 200,
    "tasks-ics": 200,
    "tasks-xlsx": 200,
    "topic": 200,
    "topics": 200,
    # Who is signed in already is led on.
    "admin:login": 200,
}
# The roles that may open a URL of the desk, and the response; others are rejected, anonymous users redirected to sign
# in.
DESK = {
    "admin:index": (STAFF, 200),
    "admin:logout": (STAFF, 405),
    "admin:password_change": (STAFF, 200),
    "admin:password_change_done": (STAFF, 200),
    "admin:autocomplete": (NOBODY, 403),
    "admin:jsi18n": (STAFF, 200),
    "admin:view_on_site": (STAFF, 302),
    "admin:app_list": (STAFF, 200),
    "admin:minutes_auditentry_table": (RULING, 200),
    "admin:auth_user_password_change": (RULING, 200),
    "desk-second-factor": (STAFF, 200),
    "desk-second-factor-picture": (STAFF, 200),
    "desk-second-factor-code": (STAFF, 200),
    "desk-recovery-codes": (STAFF, 405),
    "desk-second-factor-give-up": (STAFF, 405),
    "admin:minutes_meeting_table": (STAFF, 200),
    "desk-guide": (STAFF, 200),
    "desk-guide-picture": (STAFF, 200),
    "desk-merge": (RULING, 200),
    "desk-merge-kind": (RULING, 200),
    "desk-merge-record": (RULING, 200),
    "desk-merge-into": (RULING, 200),
    "desk-split": (RULING, 200),
    "desk-merge-operation": (RULING, 200),
    "desk-merge-undo": (RULING, 200),
    "desk-merge-resume": (RULING, 405),
    "desk-review": (REVIEWING, 200),
    "desk-correct": (REVIEWING, 405),
    "desk-settle": (REVIEWING, 405),
    "desk-reviewed": (REVIEWING, 405),
    "desk-reopened": (REVIEWING, 405),
    "desk-publish": (PUBLISHING, 200),
    "desk-withdraw": (PUBLISHING, 200),
    "desk-restore": (PUBLISHING, 405),
    "desk-reparse": (REVIEWING, 200),
    "desk-breakdown": (REVIEWING, 200),
    "desk-breakdown-file": (REVIEWING, 200),
    "desk-history": (REVIEWING, 200),
    "desk-revert": (REVIEWING, 405),
    "desk-imports": (STAFF, 200),
    "desk-imports-again": (UPLOADING, 405),
    "desk-imports-aside": (UPLOADING, 405),
    "desk-imports-body": (UPLOADING, 405),
    "desk-imports-likeliest": (UPLOADING, 405),
    "desk-imports-publish": (PUBLISHING, 405),
    "desk-imports-reviewed": (REVIEWING, 405),
    "desk-imports-settle": (REVIEWING, 405),
    "desk-next-draft": (REVIEWING, 302),
    "desk-uploads": (UPLOADING, 200),
    "desk-upload": (UPLOADING, 200),
    "desk-upload-original": (UPLOADING, 200),
    "desk-upload-again": (UPLOADING, 405),
    "desk-upload-aside": (UPLOADING, 405),
    "desk-upload-both": (UPLOADING, 405),
    "desk-upload-take": (REVIEWING, 405),
}
# The roles that may read lists and records of a model; none can add or delete there, except for users.
MODELS = {
    **{
        f"admin:minutes_{model}": STAFF
        for model in (
            *("agendaitem", "body", "correction", "deadline", "division", "document", "errorreport", "meeting"),
            *("organization", "person", "problem", "sourcefile"),
        )
    },
    "admin:minutes_settlement": REVIEWING,
    "admin:minutes_auditentry": RULING,
    "admin:auth_user": RULING,
    "admin:desk_upload": UPLOADING,
    "admin:search_synonym": STAFF,
    "admin:desk_job": RULING,
}
for _model, _readers in MODELS.items():
    DESK |= {f"{_model}_{page}": (_readers, 200) for page in ("changelist", "change", "history")}
    DESK |= {f"{_model}_{page}": (NOBODY, 403) for page in ("add", "delete")}
DESK["admin:auth_user_add"] = (RULING, 200)
DESK["admin:minutes_organization_add"] = (REVIEWING, 200)
DESK["admin:search_synonym_add"] = (REVIEWING, 200)
DESK |= {
    f"admin:minutes_{model}_simple_history": (STAFF, 200)
    for model in ("body", "document", "errorreport", "organization", "person")
}

# A form of these may be sent without a token, and why.
SENT_WITHOUT_TOKEN = {
    "choose-body": "chooses nothing but which government a reader sees first, on the reader's own device",
    "search-alert-end": "a mail program posts it, and the signed address allows it",
}


@dataclass(frozen=True)
class Address:
    """An address of the program's table: its name, or its pattern where it has none, and its parameters."""

    name: str
    parameters: tuple[str, ...]


def addresses_below(resolver=None, namespace="", before=()):
    for pattern in (resolver or get_resolver()).url_patterns:
        parameters = (*before, *parameters_of(pattern.pattern.regex))
        if hasattr(pattern, "url_patterns"):
            below = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses_below(pattern, below, parameters)
        elif pattern.name:
            yield Address(namespace + pattern.name, parameters)
        else:
            # The rest of Django's admin: legacy URLs of records, and the catch-all.
            assert str(pattern.pattern) in ("<path:object_id>/", "(?P<url>.*)$"), pattern


def parameters_of(regex) -> tuple[str, ...]:
    """Return the parameters of a pattern; those of simple_history are unnamed.

    They are a record and a version of it.
    """
    return tuple(regex.groupindex) or ("object_id", "history_id")[: regex.groups]


ADDRESSES = sorted(set(addresses_below()), key=lambda address: address.name)


def path_of(address: Address) -> str:
    """Return the URL with its parameters filled in from the records."""
    return reverse(address.name, args=[value_of(name, address.name) for name in address.parameters])


def value_of(parameter: str, name: str) -> object:
    meeting, cited = Meeting.objects.get(), CitedText.objects.first()
    record = model_of(name).objects.order_by("pk").first()
    values = {
        "pk": record.pk,
        "object_id": record.pk,
        "id": record.pk,
        "meeting_pk": meeting.pk,
        "position": 1,
        "page_name": "README",
        "picture_name": "start",
        "year": 2019,
        "place": cited.place,
        "fingerprint": cited.fingerprint,
        "ending": "bib",
        "extension": "xlsx",
        "page": "meetings",
        "code": "10.2",
        "name": "minutes.jsonl",
        "section": "lists",
        "address": "nothing",
        "token": "forged",
        "app_label": "minutes",
        "kind": "organization",
        "other": Organization.objects.filter(merged_into=None).order_by("pk").last().pk,
        "content_type_id": ContentType.objects.get_for_model(meeting).pk,
    }
    if parameter == "history_id":
        return record.history.first().history_id if hasattr(record, "history") else 1
    return values[parameter]


def model_of(name: str):
    """Return the model that a URL name refers to, by default Meeting."""
    for model in admin.site._registry:
        if name.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
            return model
    if name.startswith("desk-upload"):
        return Upload
    if name in ("desk-merge-operation", "desk-merge-undo", "desk-merge-resume"):
        return MergeOperation
    if name.startswith(("desk-merge", "desk-split")):
        return Organization
    # api-v1-item-detail, feed-organization, card-body, embed-item, document
    kind = re.sub(r"^(api-v1|feed|card|embed)-|-detail$", "", name).replace("item", "agendaitem")
    return {model._meta.model_name: model for model in apps.get_app_config("minutes").get_models()}.get(kind, Meeting)
