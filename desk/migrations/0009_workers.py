from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0008_task_paths'),
    ]

    operations = [
        migrations.CreateModel(
            name='Worker',
            fields=[
                ('id', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='编号')),
                ('machine', models.CharField(max_length=100, verbose_name='机器')),
                ('seen_at', models.DateTimeField(verbose_name='最近一次心跳')),
            ],
            options={
                'verbose_name': '后台程序',
                'verbose_name_plural': '后台程序',
                'default_permissions': (),
            },
        ),
    ]
