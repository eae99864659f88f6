from django.db import migrations

from minutes.parser.vocabulary.characters import canonical

# What makes a row of each model the only one of its name.
KEYS = {
    'Body': ('name', ()),
    'Organization': ('name', ('body_id',)),
    'OrganizationAlias': ('name', ('body_id',)),
    'Person': ('name', ('body_id', 'organization_id', 'distinction')),
    'Document': ('title', ('body_id', 'distinction')),
}


def rename(apps, schema_editor):
    """Write stored names as new ones are; one whose canonical name is taken stays, and is offered for merging."""
    for model_name, (field, others) in KEYS.items():
        model = apps.get_model('minutes', model_name)
        rows = list(model.objects.values_list('pk', field, *others))
        taken = {tuple(key) for _, *key in rows}
        for pk, name, *rest in rows:
            if (new := canonical(name)) != name and (new, *rest) not in taken:
                taken.add((new, *rest))
                model.objects.filter(pk=pk).update(**{field: new})


class Migration(migrations.Migration):

    dependencies = [
        ('minutes', '0021_settlements'),
    ]

    operations = [
        migrations.RunPython(rename, migrations.RunPython.noop),
    ]
