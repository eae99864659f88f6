"""Items have a list of decisions: readings, corrections and their history are brought into that shape."""

from django.db import migrations

BATCH = 500


def link_units(apps, schema_editor):
    """Until now an item had one decision, so its leading and supporting units are that decision's."""
    decision, involvement = (apps.get_model('minutes', name) for name in ('Decision', 'Involvement'))
    through = decision.units.through
    decisions = dict(decision.objects.values_list('item', 'pk'))
    pairs = involvement.objects.filter(role__in=('lead', 'supporting')).values_list('pk', 'item')
    links = [
        through(decision_id=decisions[item], involvement_id=pk)
        for pk, item in pairs.iterator(chunk_size=BATCH)
        if item in decisions
    ]
    through.objects.bulk_create(links, batch_size=BATCH)


def rewrite_readings(apps, schema_editor):
    reading = apps.get_model('minutes', 'Reading')
    for each in reading.objects.iterator(chunk_size=50):
        for item in each.parsed['items']:
            decision = item.pop('decision')
            item['decisions'] = [decision] if decision else []
        each.save(update_fields=['parsed'])


def rewrite_corrections(apps, schema_editor):
    for name in ('Correction', 'HistoricalCorrection'):
        model = apps.get_model('minutes', name)
        for each in model.objects.filter(place__contains='items/').iterator(chunk_size=BATCH):
            each.place = new_place(each.place)
            each.parsed = new_item(each.parsed)
            each.value = new_item(each.value)
            each.save(update_fields=['place', 'parsed', 'value'])


def rewrite_former_keys(apps, schema_editor):
    """A decision is known by its item's position and its own; the only one of an item has the first."""
    step = apps.get_model('minutes', 'JoiningStep')
    for each in step.objects.exclude(former_keys=[]).iterator(chunk_size=BATCH):
        each.former_keys = [
            [[*known_by, 1] if known_by[0] == 'Decision' and len(known_by) == 2 else known_by, pk]
            for known_by, pk in each.former_keys
        ]
        each.save(update_fields=['former_keys'])


def new_place(place):
    """items/3/decision/lead → items/3/decisions/0/lead, also behind adrift/7/."""
    parts = place.split('/')
    at = parts.index('items') + 2
    if parts[at : at + 1] == ['decision']:
        parts[at : at + 1] = ['decisions', '0']
    return '/'.join(parts)


def new_item(node):
    """A whole item that was added or taken away; the decision of the latter has its deadlines keyed."""
    if not isinstance(node, dict) or 'decision' not in node:
        return node
    node = dict(node)
    decision = node.pop('decision')
    if decision is not None and isinstance(decision['deadlines'], dict):
        node['decisions'] = {'0': decision}
    else:
        node['decisions'] = [decision] if decision else []
    return node


class Migration(migrations.Migration):

    dependencies = [
        ('minutes', '0013_several_decisions'),
    ]

    operations = [
        migrations.RunPython(change, migrations.RunPython.noop, elidable=True)
        for change in (link_units, rewrite_readings, rewrite_corrections, rewrite_former_keys)
    ]
