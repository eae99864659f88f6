import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('minutes', '0010_place_deadlines')]

    operations = [
        migrations.AlterField(
            model_name='deadline',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='minutes.meeting', verbose_name='会议'),
        ),
    ]
