import re

import django.db.models.deletion
from django.db import migrations, models

from minutes.models.engine_sql import protect_audit_log, unprotect_audit_log

# 云川市人民政府第12次常务会议（17）
MEETING = re.compile(r"（(\d{1,18})）$")
STEPS = ("reviewed", "reopened", "published", "withdrawn", "restored", "reparsed", "replaced")


def name_meetings(apps, schema_editor):
    """Read from what an entry is about which meeting it is: until now that was the only place."""
    entries = apps.get_model("minutes", "AuditEntry").objects.filter(action__in=STEPS)
    there = set(apps.get_model("minutes", "Meeting").objects.values_list("pk", flat=True))
    for entry in entries.only("about").iterator():
        found = MEETING.search(entry.about)
        if found and int(found[1]) in there:
            entries.filter(pk=entry.pk).update(meeting=int(found[1]))


def protect(apps, schema_editor):
    protect_audit_log(schema_editor)


def unprotect(apps, schema_editor):
    unprotect_audit_log(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("minutes", "0023_null_orderings")]

    operations = [
        migrations.RunPython(unprotect, protect),
        migrations.AddField(
            model_name="auditentry",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="audit_entries",
                to="minutes.meeting",
                verbose_name="会议",
            ),
        ),
        migrations.RunPython(name_meetings, migrations.RunPython.noop),
        migrations.RunPython(protect, unprotect),
    ]
