from django.db import migrations

# SQLite drops a table's triggers with the table, and Django rebuilds a table to alter it: a migration that
# alters the audit log has to make them again. tests/desk/test_audit.py asks a freshly migrated database.
NOT_CHANGED = """
CREATE TRIGGER audit_entries_are_not_changed BEFORE UPDATE ON minutes_auditentry
BEGIN SELECT RAISE(ABORT, 'The audit log is only ever added to: no entry of it is changed.'); END
"""
NOT_REMOVED = """
CREATE TRIGGER audit_entries_are_not_removed BEFORE DELETE ON minutes_auditentry
BEGIN SELECT RAISE(ABORT, 'The audit log is only ever added to: no entry of it is removed.'); END
"""
# REPLACE removes what it replaces without asking the trigger above.
NOT_REPLACED = """
CREATE TRIGGER audit_entries_are_not_replaced BEFORE INSERT ON minutes_auditentry
WHEN EXISTS (SELECT 1 FROM minutes_auditentry WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'The audit log is only ever added to: no entry of it is replaced.'); END
"""


class Migration(migrations.Migration):

    dependencies = [
        ('minutes', '0003_corrections_and_trace'),
    ]

    operations = [
        migrations.RunSQL(NOT_CHANGED, 'DROP TRIGGER audit_entries_are_not_changed'),
        migrations.RunSQL(NOT_REMOVED, 'DROP TRIGGER audit_entries_are_not_removed'),
        migrations.RunSQL(NOT_REPLACED, 'DROP TRIGGER audit_entries_are_not_replaced'),
    ]
