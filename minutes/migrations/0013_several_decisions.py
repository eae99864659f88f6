import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('minutes', '0012_source_formats'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='decision',
            options={'ordering': ['item', 'position'], 'verbose_name': '议定意见', 'verbose_name_plural': '议定意见'},
        ),
        migrations.AddField(
            model_name='decision',
            name='position',
            field=models.PositiveIntegerField(default=1, verbose_name='序号'),
        ),
        migrations.AddField(
            model_name='decision',
            name='units',
            field=models.ManyToManyField(blank=True, related_name='decisions', to='minutes.involvement', verbose_name='单位'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='minutes.agendaitem', verbose_name='议题'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('item', 'position'), name='decision_position_once_per_item'),
        ),
    ]
