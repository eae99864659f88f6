from django.db import migrations
from django.db.models import OuterRef, Subquery


def place_deadlines(apps, schema_editor):
    """Give each deadline the item and the meeting of its decision."""
    deadlines, decisions = apps.get_model("minutes", "Deadline"), apps.get_model("minutes", "Decision")
    of_decision = decisions.objects.filter(pk=OuterRef("decision"))
    deadlines.objects.update(
        item=Subquery(of_decision.values("item")), meeting=Subquery(of_decision.values("item__meeting"))
    )


class Migration(migrations.Migration):
    """By itself: PostgreSQL changes no column in the transaction that filled it."""

    dependencies = [('minutes', '0009_tasks')]

    operations = [migrations.RunPython(place_deadlines, migrations.RunPython.noop)]
