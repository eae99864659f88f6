"""Test what migrations do to the records of older archives."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from desk.backup.schema import schema_of
from minutes.models import AuditEntry
from tests.conftest import let_audit_log_be_emptied
from tests.desk.served import DATABASE, Site
from tests.migrating import executor_of_each

pytestmark = pytest.mark.slow


BEFORE = [("minutes", "0012_source_formats")]
AFTER = [("minutes", "0014_decisions_of_items")]
DECISION = {
    "outcome": {"value": "原则同意", "span": [5, 9]},
    "lead": [],
    "supporting": [],
    "next_step": None,
    "deadlines": [],
    "span": [0, 9],
}


@pytest.fixture
def migrate(transactional_db):
    def to(targets):
        executor = executor_of_each()
        executor.migrate(targets)
        return executor.loader.project_state(targets).apps

    yield to
    # SQLite is put back as a whole.
    if connection.vendor != "sqlite":
        executor = executor_of_each()
        executor.migrate(executor.loader.graph.leaf_nodes())
        let_audit_log_be_emptied()


ONE_BY_ONE = """
from tests.migrating import executor_of_each
executor = executor_of_each()
executor.migrate(executor.loader.graph.leaf_nodes())
"""
RIGHTS = """
SELECT auth_group.name, codename, app_label, model FROM auth_group
JOIN auth_group_permissions ON group_id = auth_group.id
JOIN auth_permission ON permission_id = auth_permission.id
JOIN django_content_type ON content_type_id = django_content_type.id
ORDER BY 1, 2, 3, 4
"""


def rows(database: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(database)) as opened:
        return opened.execute(query).fetchall()


def test_a_new_archive_is_like_one_that_has_made_every_step(new_archive, tmp_path):
    Site(tmp_path).manage("shell", "-v0", "-c", ONE_BY_ONE)
    stepped, new = tmp_path / DATABASE, new_archive / DATABASE

    assert schema_of(stepped) == schema_of(new)
    assert rows(stepped, RIGHTS) == rows(new, RIGHTS)
    for table in ("minutes_databaseid", "auth_group", "minutes_meeting"):
        count = f"SELECT count(*) FROM {table}"
        assert rows(stepped, count) == rows(new, count), table


def test_one_decision_becomes_the_first_of_several(migrate):
    models = migrate(BEFORE)
    body = models.get_model("minutes", "Body").objects.create(name="云川市人民政府")
    source = models.get_model("minutes", "SourceFile").objects.create(name="a.txt", sha256="0" * 64, text="")
    meeting = models.get_model("minutes", "Meeting").objects.create(body=body, source=source)
    item = models.get_model("minutes", "AgendaItem").objects.create(
        meeting=meeting, position=1, title="甲", start=0, end=9
    )
    models.get_model("minutes", "Decision").objects.create(item=item, outcome_text="原则同意", start=0, end=9)
    unit = models.get_model("minutes", "Organization").objects.create(body=body, name="市住建局")
    involvement = models.get_model("minutes", "Involvement")
    for role in ("lead", "mentioned"):
        involvement.objects.create(item=item, organization=unit, role=role, written="市住建局", start=0, end=4)
    models.get_model("minutes", "Reading").objects.create(
        meeting=meeting, parser_version="2", parsed={"items": [{"decision": DECISION}, {"decision": None}]}
    )
    correction = models.get_model("minutes", "Correction")
    keyed = {"title": None, "decision": {**DECISION, "deadlines": {}}}
    for place, parsed, value in (
        ("items/0/decision/lead", [], [{"value": "市水利局", "span": [0, 4]}]),
        ("adrift/7/items/3/decision/deadlines/0", None, None),
        ("items/1", keyed, None),
        ("items/+1", None, {"title": None, "decision": None}),
        ("number", None, None),
    ):
        correction.objects.create(meeting=meeting, place=place, parsed=parsed, value=value)

    models = migrate(AFTER)

    assert models.get_model("minutes", "Reading").objects.get().parsed == {
        "items": [{"decisions": [DECISION]}, {"decisions": []}]
    }
    decision = models.get_model("minutes", "Decision").objects.get()
    assert (decision.position, [unit.role for unit in decision.units.all()]) == (1, ["lead"])
    corrections = {each.place: each for each in models.get_model("minutes", "Correction").objects.all()}
    assert set(corrections) == {
        *("items/0/decisions/0/lead", "adrift/7/items/3/decisions/0/deadlines/0", "items/1", "items/+1", "number"),
    }
    assert corrections["items/1"].parsed == {"title": None, "decisions": {"0": {**DECISION, "deadlines": {}}}}
    assert corrections["items/+1"].value == {"title": None, "decisions": []}


def test_entries_of_the_audit_log_find_their_meeting(migrate):
    models = migrate([("minutes", "0023_null_orderings")])
    body = models.get_model("minutes", "Body").objects.create(name="云川市人民政府")
    source = models.get_model("minutes", "SourceFile").objects.create(name="a.txt", sha256="0" * 64, text="")
    meeting = models.get_model("minutes", "Meeting").objects.create(body=body, source=source)
    entries = models.get_model("minutes", "AuditEntry").objects
    about = f"云川市人民政府第12次常务会议（{meeting.pk}）"
    entries.create(action="published", about=about)
    entries.create(action="uploaded", about=about)
    entries.create(action="withdrawn", about="云川市人民政府第12次常务会议（999）")

    migrate([("minutes", "0024_audit_entry_meeting")])

    actions = AuditEntry.objects.order_by("pk").values_list("action", "meeting")
    assert list(actions) == [("published", meeting.pk), ("uploaded", None), ("withdrawn", None)]
    with pytest.raises(DatabaseError, match="no entry of it is changed"):
        AuditEntry.objects.update(by_name="卓韬")


def test_tasks_that_the_first_release_queued_are_found_after_an_update(migrate):
    models = migrate([("desk", "0007_files_of_commands")])
    queued = (
        *("desk.tasks.read_upload", "minutes.joining.remaking.make_meetings_again"),
        *("minutes.tasks.regenerate_exports", "search.alerts.rounds.send_letters"),
        "search.tasks.bring_index_up_to_date",
    )
    for path in queued:
        models.get_model("django_tasks_database", "DBTaskResult").objects.create(
            task_path=path, args_kwargs={"args": [], "kwargs": {}}, run_after=timezone.now(), backend_name="default"
        )

    migrate([("desk", "0008_task_paths")])

    assert {job.task.name for job in DBTaskResult.objects.all()} == {
        *("read_upload", "rebuild_meetings", "regenerate_exports", "send_letters", "bring_index_up_to_date")
    }
