"""`python -m bench.load`: start the chosen servers, and measure the archive on them."""

import argparse
import os
import sys
from contextlib import ExitStack
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from servers import opensearch, postgres


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--servers", action="store_true", help="PostgreSQL and one node of OpenSearch")
    parser.add_argument("--meetings", type=int, default=2_000)
    parser.add_argument("--readers", type=int, default=4, help="how many requests are under way at once")
    parser.add_argument("--seconds", type=int, default=60)
    arguments = parser.parse_args()
    with ExitStack() as running:
        if arguments.servers:
            database = running.enter_context(postgres.running())
            os.environ["ARCHIVE_DATABASE_URL"] = database.create_database("load")
            os.environ["ARCHIVE_SEARCH_URL"] = running.enter_context(opensearch.running(size=opensearch.LARGE)).url
        # Settings are read when the module is imported.
        from bench.load.measure import measure

        measure(arguments.meetings, arguments.readers, arguments.seconds)


if __name__ == "__main__":
    main()
