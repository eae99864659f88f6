from django.db import migrations

from minutes.models.engine_sql import protect_audit_log, unprotect_audit_log


class Migration(migrations.Migration):

    dependencies = [
        ('minutes', '0003_corrections_and_trace'),
    ]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: protect_audit_log(schema_editor),
            lambda apps, schema_editor: unprotect_audit_log(schema_editor),
        ),
    ]
