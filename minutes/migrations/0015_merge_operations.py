import django.db.models.deletion
from django.db import migrations, models

KINDS = ("organization", "person", "document")


def fill_foreign_keys(apps, schema_editor):
    """Replace kind and number by references; a record that is gone stays empty."""
    operations = apps.get_model("minutes", "MergeOperation")
    for operation in operations.objects.filter(kind__in=KINDS):
        known = apps.get_model("minutes", operation.kind).objects
        for number, name in ((operation.record, operation.kind), (operation.other, f"other_{operation.kind}")):
            setattr(operation, name, known.filter(pk=number).first())
        operation.save(update_fields=[operation.kind, f"other_{operation.kind}"])


def fill_numbers(apps, schema_editor):
    for operation in apps.get_model("minutes", "MergeOperation").objects.filter(kind__in=KINDS):
        operation.record = getattr(operation, f"{operation.kind}_id") or 0
        operation.other = getattr(operation, f"other_{operation.kind}_id") or 0
        operation.save(update_fields=["record", "other"])


def operand(kind, side):
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=f"merge_operations_as_{side}",
        to=f"minutes.{kind}",
    )


class Migration(migrations.Migration):
    dependencies = [("minutes", "0014_decisions_of_items")]

    operations = [
        *(
            migrations.RenameField(model, "joined_into", "merged_into")
            for kind in KINDS
            for model in (kind, f"historical{kind}")
        ),
        *(
            migrations.AlterField(
                kind,
                "merged_into",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="merged_from",
                    to=f"minutes.{kind}",
                    verbose_name="已并入",
                ),
            )
            for kind in KINDS
        ),
        # The tables keep their names.
        migrations.AlterModelTable("joining", "minutes_joining"),
        migrations.AlterModelTable("joiningstep", "minutes_joiningstep"),
        migrations.AlterModelTable("partedplace", "minutes_partedplace"),
        migrations.RenameModel("Joining", "MergeOperation"),
        migrations.RenameModel("JoiningStep", "MergeStep"),
        migrations.RenameModel("PartedPlace", "SplitSpan"),
        migrations.RenameField("mergeoperation", "act", "action"),
        migrations.RenameField("mergeoperation", "said", "description"),
        migrations.RemoveConstraint("mergestep", "joining_step_once_per_meeting"),
        migrations.RenameField("mergestep", "joining", "operation"),
        migrations.RenameField("splitspan", "joining", "operation"),
        migrations.AddConstraint(
            "mergestep",
            models.UniqueConstraint(fields=("operation", "meeting"), name="merge_step_once_per_meeting"),
        ),
        migrations.AlterField(
            "splitspan",
            "operation",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="spans",
                to="minutes.mergeoperation",
                verbose_name="拆分",
            ),
        ),
        migrations.AlterField(
            "splitspan",
            "meeting",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="split_spans",
                to="minutes.meeting",
                verbose_name="会议",
            ),
        ),
        *(migrations.AddField("mergeoperation", kind, operand(kind, "record")) for kind in KINDS),
        *(migrations.AddField("mergeoperation", f"other_{kind}", operand(kind, "other")) for kind in KINDS),
        # Going back, the columns are added empty and filled afterwards.
        *(
            migrations.AlterField("mergeoperation", name, models.PositiveBigIntegerField(default=0))
            for name in ("record", "other")
        ),
        migrations.RunPython(fill_foreign_keys, fill_numbers),
        migrations.RemoveField("mergeoperation", "record"),
        migrations.RemoveField("mergeoperation", "other"),
    ]
