"""The entry point of gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# gunicorn loads this module before it forks: what the views import is then shared by all workers.
get_resolver().url_patterns  # noqa: B018 - reading it imports every view
