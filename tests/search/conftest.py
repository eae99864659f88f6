"""An index of its own for every test, and invented minutes that come in as files."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command

from minutes.models import Meeting

NUMERALS = "一二三四五六七八九十"


@pytest.fixture(autouse=True)
def index_dir(settings, tmp_path) -> Path:
    settings.INDEX_DIR = tmp_path / "index"
    return settings.INDEX_DIR


@pytest.fixture
def take_in(tmp_path, db) -> Callable[..., Meeting]:
    """Takes in minutes of 云川市 with these items, each a title and its text, as an operator does."""
    return partial(take_in_minutes, tmp_path, "云川市")


@pytest.fixture
def take_in_of(tmp_path, db) -> Callable[..., Meeting]:
    """The same for minutes of a city that is named."""
    return partial(take_in_minutes, tmp_path)


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
    """Brings the index up to date, as an operator does."""

    def bring_up_to_date(*options: str) -> None:
        call_command("index", *options, verbosity=0)

    return bring_up_to_date
