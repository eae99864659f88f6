"""Measure the disk space of the records and of the index."""

from __future__ import annotations

import urllib3
from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.db.models.functions import Length

from minutes.models import Paragraph

MEGABYTE = 1_000_000


def sizes() -> str:
    """Return the number of characters, and the size of database and index, in a sentence."""
    characters = Paragraph.objects.aggregate(number=Sum(Length("text")))["number"]
    return (
        f"{characters / MEGABYTE:.1f} million characters of paragraphs, database {of_database() / MEGABYTE:.0f} MB, "
        f"index {of_index() / MEGABYTE:.0f} MB"
    )


def of_database() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


def of_index() -> int:
    """Return the bytes of the index, without copies."""
    if not settings.SEARCH_SERVER:
        return sum(path.stat().st_size for path in settings.INDEX_DIR.rglob("*") if path.is_file())
    stats = urllib3.request("GET", f"{settings.SEARCH_SERVER.nodes[0]}/_stats/store").json()
    return stats["_all"]["primaries"]["store"]["size_in_bytes"]
