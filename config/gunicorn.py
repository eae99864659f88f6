"""How gunicorn serves the archive: `gunicorn --config config/gunicorn.py config.wsgi`."""

import os

bind = "127.0.0.1:8000"
# The application, and with it the dictionary of words, is loaded once and shared by the workers.
preload_app = True
workers = int(os.environ.get("WEB_CONCURRENCY") or max(2, min(4, os.cpu_count() or 1)))
# A reader on a slow line holds a thread, not a whole worker.
worker_class = "gthread"
threads = 4
graceful_timeout = 10
# Nobody steers this server from outside, and two archives of one user would share the socket.
control_socket_disable = True
