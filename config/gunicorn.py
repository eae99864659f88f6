"""Configuration of gunicorn: `gunicorn --config config/gunicorn.py config.wsgi`."""

import os
import re

import gunicorn.http.message

from config.environment import Environment

# curl sends 市住建局 in a URL unencoded. That violates the standard, and gunicorn would respond with an English error
# page; Django decodes the bytes as UTF-8. Control characters are still rejected.
gunicorn.http.message.RFC9112_TARGET_INVALID = re.compile(r"[^\x21-\x7e\x80-\xff]")

bind = "127.0.0.1:8000"
# The application, including the word dictionary, is loaded once and shared by the workers.
preload_app = True
env = Environment()
workers = env.number("WEB_CONCURRENCY", max(2, min(4, os.cpu_count() or 1)), most=256)
env.refuse_problems()
# Prefix and path are not taken from request headers but from settings (ARCHIVE_PATH_PREFIX).
forwarder_headers = ""
# A slow client occupies a thread, not a whole worker.
worker_class = "config.gunicorn_worker.SocketTimeoutWorker"
threads = 4
graceful_timeout = 10
# Workers restart after some requests, against memory leaks, and not all at the same time.
max_requests = 20_000
max_requests_jitter = 5_000
# Worker heartbeat files are in memory, so that workers can start on a full disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
# The control socket is unused, and two archives of one user would share it.
control_socket_disable = True


def on_starting(server: object) -> None:
    """Delete the counts for /metrics/ of processes from an earlier start."""
    from django.conf import settings

    for path in settings.METRICS_DIR.glob("*.db"):
        if not path.stem.endswith(f"_{os.getpid()}"):
            path.unlink()
