from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('minutes', '0005_joinings'),
    ]

    operations = [
        migrations.AddField(
            model_name='errorreport',
            name='note',
            field=models.TextField(blank=True, max_length=1000, verbose_name='处理说明', default=''),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='historicalerrorreport',
            name='note',
            field=models.TextField(blank=True, max_length=1000, verbose_name='处理说明', default=''),
            preserve_default=False,
        ),
    ]
