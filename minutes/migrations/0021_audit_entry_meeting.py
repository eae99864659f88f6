import re
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

TRIGGERS = import_module("minutes.migrations.0004_audit_entries_are_only_added")
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


class Migration(migrations.Migration):
    dependencies = [("minutes", "0020_term_serial_web_published_on")]

    operations = [
        # To take the column away again, Django makes the table anew, without its triggers.
        migrations.RunSQL(
            migrations.RunSQL.noop, [TRIGGERS.NOT_CHANGED, TRIGGERS.NOT_REMOVED, TRIGGERS.NOT_REPLACED]
        ),
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
        migrations.RunSQL("DROP TRIGGER audit_entries_are_not_changed", migrations.RunSQL.noop),
        migrations.RunPython(name_meetings, migrations.RunPython.noop),
        migrations.RunSQL(TRIGGERS.NOT_CHANGED, migrations.RunSQL.noop),
    ]
