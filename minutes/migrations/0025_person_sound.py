from django.db import migrations, models

from minutes.pinyin import sound_of_name

PEOPLE_AT_ONCE = 1000


def fill(apps, schema_editor):
    """Store the sound of every name on record."""
    Person = apps.get_model("minutes", "Person")
    batch = []
    for person in Person.objects.only("pk", "name").iterator(PEOPLE_AT_ONCE):
        person.sound = sound_of_name(person.name)[:200]
        batch.append(person)
        if len(batch) == PEOPLE_AT_ONCE:
            Person.objects.bulk_update(batch, ["sound"])
            batch = []
    Person.objects.bulk_update(batch, ["sound"])


class Migration(migrations.Migration):

    dependencies = [
        ('minutes', '0024_audit_entry_meeting'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='sound',
            field=models.CharField(blank=True, db_index=True, editable=False, max_length=200, verbose_name='读音'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
