"""Run db_worker with short waits: what dies is noticed within seconds. Otherwise it is the worker of production."""

import datetime
import sys

import django
from django.core.management import execute_from_command_line

django.setup()

from desk.worker import presence, recovery, worker  # noqa: E402 - they import models

recovery.FIRST_RETRY_AFTER = datetime.timedelta(seconds=2)
presence.SECONDS_BETWEEN_BEATS = 1
# For a busy machine; a worker that lives must never be taken for dead.
presence.DEAD_AFTER = datetime.timedelta(seconds=15)
worker.SECONDS_BETWEEN_ROUNDS = 1

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
