from django.db import migrations

# Where the tasks of release 0.1 are now: a queue keeps the path of each.
MOVED = {
    "desk.tasks.read_upload": "desk.uploads.tasks.read_upload",
    "minutes.joining.remaking.make_meetings_again": "minutes.merging.rebuild.rebuild_meetings",
    "minutes.tasks.regenerate_exports": "open_data.tasks.regenerate_exports",
    "search.alerts.rounds.send_letters": "search.alerts.tasks.send_letters",
    "search.tasks.bring_index_up_to_date": "search.index.tasks.bring_index_up_to_date",
}


def follow_moved_tasks(apps, schema_editor):
    for before, now in MOVED.items():
        apps.get_model("django_tasks_database", "DBTaskResult").objects.filter(task_path=before).update(task_path=now)


class Migration(migrations.Migration):
    dependencies = [("desk", "0007_files_of_commands")]

    operations = [migrations.RunPython(follow_moved_tasks, migrations.RunPython.noop)]
