"""Test link preview pictures: content, caching, and without a font."""

from io import BytesIO

import pytest
from django.core.cache import caches
from PIL import Image

from minutes.models import Decision, MeetingStatus, Organization
from pages.cards import views
from pages.cards.draw import HEIGHT, WIDTH, font_file, font_of, lines_of
from tests.pages.factory import keep_meeting
from tests.pages.stories import HOUSING

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(font_file() is None, reason="cards are drawn with a Chinese font: apt install fonts-noto-cjk"),
]


@pytest.fixture
def meeting():
    caches["cards"].clear()
    return keep_meeting(items=(HOUSING,))


def card_of(client, record):
    response = client.get(f"{record.get_absolute_url()}card.png")
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    return response.content


def test_every_kind_of_record_has_a_card_that_its_page_names(client, meeting):
    item = meeting.items.get()
    unit = Organization.objects.get(name=HOUSING.lead)
    for record in (meeting, item, meeting.body, unit):
        page = client.get(record.get_absolute_url()).content.decode()
        address = f"http://testserver{record.get_absolute_url()}card.png"
        assert f'<meta property="og:image" content="{address}">' in page

        with Image.open(BytesIO(card_of(client, record))) as image:
            assert image.size == (WIDTH, HEIGHT)


def test_a_page_without_a_title_of_its_own_names_the_card_for_all(client, meeting):
    assert 'content="http://testserver/static/images/card.png"' in client.get("/meetings/").content.decode()


def test_a_card_is_drawn_once_and_anew_when_it_says_something_else(client, meeting, monkeypatch):
    drawn = []
    monkeypatch.setattr(views, "draw", lambda card, file: drawn.append(card) or b"png")
    item = meeting.items.get()

    card_of(client, item)
    card_of(client, item)
    assert [card.fact for card in drawn] == ["原则同意"]
    Decision.objects.update(outcome_text="不同意")
    card_of(client, item)
    assert [card.fact for card in drawn] == ["原则同意", "不同意"]


def test_without_a_font_the_card_for_all_is_shown(client, meeting, settings, tmp_path):
    settings.CARD_FONT = tmp_path / "gone.ttf"

    response = client.get(f"{meeting.get_absolute_url()}card.png")

    assert (response.status_code, response["Location"]) == (302, "/static/images/card.png")


def test_what_is_not_public_has_no_card(client, meeting):
    meeting.status = MeetingStatus.DRAFT
    meeting.save()
    for record in (meeting, meeting.items.get(), meeting.body):
        assert client.get(f"{record.get_absolute_url()}card.png").status_code == 404


def test_long_titles_end_in_dots_and_no_line_begins_with_a_comma():
    font = font_of(font_file(), 52)

    lines = lines_of("关于公共停车场管理，" * 30, font, WIDTH, most=4)

    assert len(lines) == 4
    assert lines[-1].endswith("……")
    assert not any(line.startswith("，") for line in lines)
