"""A random id of this database, to detect index and exports of another one."""

import uuid

from django.db import models, transaction


class DatabaseId(models.Model):
    """A single row with a random number, replaced when a backup is restored."""

    value = models.UUIDField("编号", default=uuid.uuid4)

    class Meta:
        verbose_name = verbose_name_plural = "数据库编号"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.value)


def database_id() -> str:
    """Return the id of this database; create it on the first call."""
    known = DatabaseId.objects.first()
    return str(known or DatabaseId.objects.create())


@transaction.atomic
def draw_new_database_id() -> None:
    """Give this database another id, which invalidates index and exports."""
    DatabaseId.objects.all().delete()
    DatabaseId.objects.create()
