"""Migrations keep what people did: corrections stay at what they corrected when readings change their shape."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

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
        executor = MigrationExecutor(connection)
        executor.migrate(targets)
        return executor.loader.project_state(targets).apps

    yield to
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


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
