"""Fixtures: an index for every test, and invented minutes ingested from files."""

import contextlib
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command

from config.search_server import SearchServer
from minutes.models import Meeting
from search.index.engines.base import Engine
from search.index.engines.opensearch.client import Client
from search.index.engines.opensearch.engine import OpenSearchEngine
from search.index.engines.whoosh.engine import WhooshEngine
from tests.search.memory_engine import MemoryEngine

NUMERALS = "一二三四五六七八九十"


@pytest.fixture(autouse=True)
def index_dir(settings, tmp_path) -> Iterator[Path]:
    """Use an index of its own for every test: a folder, or a name on a server."""
    settings.INDEX_DIR = tmp_path / "index"
    if not settings.SEARCH_SERVER:
        yield settings.INDEX_DIR
        return
    with a_name_of_its_own(settings.SEARCH_SERVER) as server:
        settings.SEARCH_SERVER = server
        yield settings.INDEX_DIR


@contextlib.contextmanager
def a_name_of_its_own(server: SearchServer) -> Iterator[SearchServer]:
    """Lend a name on a server, under which nothing is kept afterwards."""
    server = replace(server, name=f"test-{uuid.uuid4().hex}")
    yield server
    Client(server.nodes).ask("DELETE", f"/{server.name}.*", seconds=60)


@pytest.fixture(params=["memory", "whoosh", pytest.param("opensearch", marks=pytest.mark.slow)])
def engine(request, tmp_path) -> Iterator[Engine]:
    """Every engine in turn, empty."""
    if request.param == "memory":
        yield MemoryEngine()
    elif request.param == "whoosh":
        yield WhooshEngine(tmp_path / "index")
    else:
        with a_name_of_its_own(request.getfixturevalue("search_server")) as server:
            yield opensearch_engine(server)


def opensearch_engine(server: SearchServer) -> OpenSearchEngine:
    return OpenSearchEngine(Client(server.nodes), server.name, contextlib.nullcontext)


@pytest.fixture
def take_in(tmp_path, db) -> Callable[..., Meeting]:
    """Ingest minutes of 云川市 with these items (title, text), like an operator."""
    return into(tmp_path)


@pytest.fixture
def take_in_of(tmp_path, db) -> Callable[..., Meeting]:
    """Ingest minutes of the given city in the same way."""
    return partial(take_in_minutes, tmp_path)


def into(folder: Path) -> Callable[..., Meeting]:
    """Return what `take_in` is; the texts are written into this folder."""
    return partial(take_in_minutes, folder, "云川市")


def take_in_minutes(
    folder: Path, city: str, number: int, *items: tuple[str, str], date: str = "2019年5月6日", publish: bool = True
) -> Meeting:
    agenda = "\n\n".join(f"{NUMERALS[place]}、{title}\n\n（一）{text}" for place, (title, text) in enumerate(items))
    path = folder / f"minutes-{number}.txt"
    path.write_text(
        f"{city}人民政府\n\n常务会议纪要\n\n〔{date[:4]}〕{number}号\n\n"
        f"{date}上午，陆砚青市长主持召开市政府第{number}次常务会议。\n\n会议议定以下意见：\n\n{agenda}\n\n"
        "出席：陆砚青 闻韬\n\n列席：市教育局季敏 市住建局徐颖\n",
        "utf-8",
    )
    call_command("ingest", str(path), "--publish" if publish else "--draft", verbosity=0)
    return Meeting.objects.get(number=number, body__name=f"{city}人民政府")


@pytest.fixture
def index() -> Callable[..., None]:
    """Return a function that brings the index up to date."""
    return bring_up_to_date


def bring_up_to_date(*options: str) -> None:
    """Bring the index up to date, as an operator does."""
    call_command("index", *options, verbosity=0)
