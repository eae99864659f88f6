"""The migrations that a squashed one replaces, one by one as an older archive ran them."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader


class WithoutSquashed(MigrationLoader):
    """Load the replaced migrations of the records instead of the one that replaces them."""

    def load_disk(self) -> None:
        super().load_disk()
        self.disk_migrations = {
            key: migration
            for key, migration in self.disk_migrations.items()
            if key[0] != "minutes" or not migration.replaces
        }


def executor_of_each() -> MigrationExecutor:
    executor = MigrationExecutor(connection)
    executor.loader = WithoutSquashed(connection)
    return executor
