"""The settings of the tests: static files as they lie, quick passwords, and nothing of theirs under var/."""

import os
import tempfile

# What commands print is compared with their English messages; tests/project/test_messages.py looks at the Chinese ones.
os.environ.pop("LC_ALL", None)
os.environ["LC_MESSAGES"] = "en_US.UTF-8"
_var = tempfile.TemporaryDirectory(prefix="archive-tests-")
os.environ["ARCHIVE_VAR_DIR"] = _var.name

from config.databases import postgres  # noqa: E402
from config.search_server import opensearch  # noqa: E402
from config.settings import *  # noqa: E402, F403
from config.settings import STORAGES  # noqa: E402

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# `make test-postgres`: the tests of the records on PostgreSQL. Without a pool: a test process has one connection.
if url := os.environ.get("ARCHIVE_TEST_POSTGRES"):
    DATABASES = {"default": postgres(url)}
    DATABASES["default"]["OPTIONS"].pop("pool")
# `make test-opensearch`: the tests of search on OpenSearch.
if url := os.environ.get("ARCHIVE_TEST_OPENSEARCH"):
    SEARCH_SERVER = opensearch(url)
