"""The entry point of gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from search.analysis.words import words

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# gunicorn loads this module before forking, so that all workers share the memory of the views and of the word
# dictionary, which would otherwise be loaded by the first search.
get_resolver().url_patterns  # noqa: B018 - reading it imports every view
words("会议纪要")
