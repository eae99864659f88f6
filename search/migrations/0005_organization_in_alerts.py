from typing import Any

from django.db import migrations
from django.http import QueryDict


def rename_department(apps: Any, _schema_editor: Any) -> None:
    """Conditions of alerts are stored as an address has them, sorted by name; department is called organization now."""
    for alert in apps.get_model("search", "Alert").objects.filter(conditions__contains="department="):
        params = QueryDict(alert.conditions, mutable=True)
        params.setlist("organization", params.pop("department"))
        ordered = QueryDict(mutable=True)
        for name in sorted(params):
            ordered.setlist(name, sorted(params.getlist(name)))
        alert.conditions = ordered.urlencode()
        alert.save(update_fields=["conditions"])


class Migration(migrations.Migration):
    dependencies = [("search", "0004_synonyms")]

    operations = [migrations.RunPython(rename_department, migrations.RunPython.noop)]
