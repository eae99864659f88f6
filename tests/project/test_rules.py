"""Rules of the code that no linter knows: each is stated in one place."""

import re
from pathlib import Path

from django.apps import apps

from minutes.models import Meeting
from minutes.parser.meeting_fields import MEETING_FIELDS, columns_of
from minutes.parser.types import ParsedMinutes
from pages.urls import urlpatterns

ROOT = Path(__file__).parents[2]
APPS = ("config", "desk", "pages", "api", "open_data", "search", "minutes")
MODULES = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]

# AgendaItem.objects.filter(meeting__in=Meeting.objects.published()): say AgendaItem.objects.published().
# Counting over a relation (references__item__meeting__in=…) cannot be said in that way.
OWN_JOIN = re.compile(r"\(\s*(?:item__)?meeting__in=Meeting\.objects\.published\(\)")
OWN_STATUS = re.compile(r"status(?:__in)?=\[?MeetingStatus\.PUBLISHED|status=\"published\"")
# They count drafts, or move a meeting from one status to the next.
KNOW_THE_STATUS = {"minutes/models/published.py", "minutes/workflow.py"}


def test_what_is_public_is_asked_of_the_querysets():
    texts = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in MODULES}

    assert [name for name, text in texts.items() if OWN_JOIN.search(text)] == [], "say X.objects.published()"
    own = {name for name, text in texts.items() if OWN_STATUS.search(text)}
    assert own <= KNOW_THE_STATUS, "say Meeting.objects.published()"


def test_the_records_link_to_the_public_pages_alone():
    """Importing search or desk breaks a contract; reversing their URLs evades it."""
    pages = {route.name for route in urlpatterns}
    for path in MODULES:
        if path.is_relative_to(ROOT / "minutes"):
            reversed_names = set(re.findall(r"reverse\(\s*[\"']([\w:-]+)", path.read_text("utf-8")))
            assert reversed_names <= pages, path


def test_the_facts_of_a_meeting_are_listed_in_one_place():
    """A list of facts elsewhere would miss the next one: all are made from minutes/parser/meeting_fields.py."""
    table = ROOT / "minutes/parser/meeting_fields.py"
    spelled = {
        str(path.relative_to(ROOT))
        for path in MODULES
        if path != table
        and len(set(re.findall(r"\"(compiled_\w+|issued_\w+|disclosure|recorder|place)\"", path.read_text("utf-8"))))
        > 2
    }
    assert spelled == set()

    stored = {field.name for field in Meeting._meta.concrete_fields} - {"body"}
    assert set(columns_of()) - {"body"} <= stored
    assert {field.name for field in MEETING_FIELDS} <= set(ParsedMinutes.__dataclass_fields__)


def test_an_ordering_says_where_rows_without_a_value_come():
    """SQLite puts them first, PostgreSQL last, so an ordering that leaves it open differs between the two."""
    unsaid = [
        (model._meta.label, name)
        for model in apps.get_models()
        if model._meta.app_label in ("minutes", "search", "desk")
        for name in model._meta.ordering
        if isinstance(name, str) and model._meta.get_field(name.lstrip("-")).null
    ]
    assert unsaid == []
