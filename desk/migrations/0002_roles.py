from django.db import migrations

STEPS = {
    '上传员': ['upload_minutes'],
    '编辑': ['upload_minutes', 'review_minutes', 'change_errorreport'],
    '发布员': ['upload_minutes', 'review_minutes', 'publish_minutes', 'change_errorreport'],
    '管理员': [
        'upload_minutes', 'review_minutes', 'publish_minutes', 'join_records', 'change_errorreport',
        'view_auditentry', 'view_user', 'add_user', 'change_user',
    ],
}
# The model of every permission that does not name it.
MODELS = {'upload_minutes': 'meeting', 'review_minutes': 'meeting', 'publish_minutes': 'meeting', 'join_records': 'meeting'}

# Named, so that it does not matter which later models exist by now.
READ = {
    'minutes': [
        'action', 'agendaitem', 'attendance', 'body', 'citedtext', 'correction', 'deadline', 'decision', 'document',
        'documentreference', 'errorreport', 'involvement', 'meeting', 'organization', 'organizationalias',
        'paragraph', 'person', 'problem', 'reading', 'sourcefile',
    ],
    'desk': ['upload'],
}


def make_roles(apps, schema_editor):
    """Make a group of each role; each may read every record except the audit log. Idempotent."""
    Group = apps.get_model('auth', 'Group')
    for role, codenames in STEPS.items():
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.add(*reading_permissions(apps), *(permission(apps, codename) for codename in codenames))


def reading_permissions(apps):
    return (permission(apps, f'view_{model}', app_label) for app_label, models in READ.items() for model in models)


def permission(apps, codename, app_label=None):
    """Return the permission, which Django itself makes only after the last migration."""
    model = MODELS.get(codename) or codename.partition('_')[2]
    app_label = app_label or ('auth' if model == 'user' else 'minutes')
    kind, _ = apps.get_model('contenttypes', 'ContentType').objects.get_or_create(app_label=app_label, model=model)
    made, _ = apps.get_model('auth', 'Permission').objects.get_or_create(
        content_type=kind, codename=codename, defaults={'name': codename}
    )
    return made


def remove_roles(apps, schema_editor):
    apps.get_model('auth', 'Group').objects.filter(name__in=STEPS).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0001_uploads'),
        ('minutes', '0004_audit_entries_are_only_added'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.RunPython(make_roles, remove_roles),
    ]
