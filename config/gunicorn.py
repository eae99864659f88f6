"""How gunicorn serves the archive: `gunicorn --config config/gunicorn.py config.wsgi`."""

import os
import re

import gunicorn.http.message

from config.environment import Environment

# Whoever types 市住建局 into curl sends it as it is, not percent-encoded. The standard wants it encoded, so gunicorn
# would answer with an English sentence that helps nobody; Django reads the bytes as UTF-8. Controls stay refused.
gunicorn.http.message.RFC9112_TARGET_INVALID = re.compile(r"[^\x21-\x7e\x80-\xff]")

bind = "127.0.0.1:8000"
# The application, and with it the dictionary of words, is loaded once and shared by the workers.
preload_app = True
env = Environment()
workers = env.number("WEB_CONCURRENCY", max(2, min(4, os.cpu_count() or 1)), most=256)
env.refuse_problems()
# No header of a request names the path prefix or the path: settings do (ARCHIVE_PATH_PREFIX).
forwarder_headers = ""
# A reader on a slow line holds a thread, not a whole worker.
worker_class = "config.gunicorn_worker.ImpatientWorker"
threads = 4
graceful_timeout = 10
# What a library forgets to give back is given back; not by all processes at once.
max_requests = 20_000
max_requests_jitter = 5_000
# Where workers show that they are alive: in memory, so that a full disk does not keep them from starting.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
# Nobody steers this server from outside, and two archives of one user would share the socket.
control_socket_disable = True


def on_starting(server: object) -> None:
    """Forget what processes of an earlier start counted for /metrics/."""
    from django.conf import settings

    for path in settings.METRICS_DIR.glob("*.db"):
        if not path.stem.endswith(f"_{os.getpid()}"):
            path.unlink()
