"""The identity of this database, which index and export files carry, so that those of another one are noticed."""

import uuid

from django.db import models, transaction


class DatabaseId(models.Model):
    """One row: a random number, drawn anew when a backup is restored."""

    value = models.UUIDField("编号", default=uuid.uuid4)

    class Meta:
        verbose_name = verbose_name_plural = "数据库编号"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.value)


def database_id() -> str:
    """Return the identity of this database; draw it when it is first asked for."""
    known = DatabaseId.objects.first()
    return str(known or DatabaseId.objects.create())


@transaction.atomic
def draw_new_database_id() -> None:
    """Give this database another identity: what was made from it before is of another one now."""
    DatabaseId.objects.all().delete()
    DatabaseId.objects.create()
