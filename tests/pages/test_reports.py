"""Test reader reports; nothing about readers is stored. Handling: tests/desk."""

import pytest
from django.core.cache import cache
from django.test import Client

from minutes.models import ErrorReport
from tests.pages.reading import read


@pytest.fixture(autouse=True)
def no_reports_counted():
    cache.clear()


@pytest.fixture
def reader():
    return Client(enforce_csrf_checks=True)


def fill_in(reader, place="", **fields):
    """Open the form like a reader, and submit it."""
    html = reader.get("/report/", {"place": place}).content.decode()
    token = html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    return reader.post("/report/", {"csrfmiddlewaretoken": token, "place": place, **fields}, follow=True)


def test_every_page_leads_to_the_form_with_its_own_address(client, reader, long_meeting):
    (address,) = read(client.get("/documents/?q=停车")).links_saying("报告错误")

    response = reader.get(address)

    assert "所在页面：/documents/?q=" in read(response).text


def test_a_report_is_kept_with_the_page_it_is_about(reader, long_meeting):
    place = long_meeting.get_absolute_url()

    response = fill_in(reader, place, text="第二项的牵头单位应为市交通局。")

    assert "已经收到，谢谢" in read(response).text
    report = ErrorReport.objects.get()
    assert (report.place, report.text, report.handled) == (place, "第二项的牵头单位应为市交通局。", False)
    of_the_report = {"id", "place", "text", "reported_at"}
    of_staff = {"handled", "note"}
    assert {field.name for field in ErrorReport._meta.get_fields()} == of_the_report | of_staff


@pytest.mark.parametrize("place", ["https://elsewhere.example/", "javascript:alert(1)", "/no/such/page/"])
def test_a_place_that_is_no_page_here_is_not_kept(reader, db, place):
    fill_in(reader, place, text="有错。")

    assert ErrorReport.objects.get().place == ""


@pytest.mark.parametrize(("text", "said"), [("", "请写明哪里错了"), ("错" * 2001, "现在有 2001 字")])
def test_what_cannot_be_kept_is_refused_in_words_and_not_lost(reader, db, text, said):
    response = fill_in(reader, text=text)

    assert response.status_code == 400
    assert said in response.content.decode()
    assert text in response.content.decode()
    assert not ErrorReport.objects.exists()


def test_two_thousand_characters_are_kept(reader, db):
    fill_in(reader, text="错" * 2000)

    assert len(ErrorReport.objects.get().text) == 2000


def test_a_program_that_fills_in_every_field_is_thanked_and_not_heard(reader, db):
    response = fill_in(reader, text="买一送一", website="https://spam.example/")

    assert "已经收到" in read(response).text
    assert not ErrorReport.objects.exists()


def test_without_the_token_of_the_form_nothing_is_kept(reader, db):
    assert reader.post("/report/", {"text": "有错。"}).status_code == 403
    assert not ErrorReport.objects.exists()


def test_who_reports_too_often_is_asked_to_wait_and_keeps_the_words(reader, db):
    for number in range(5):
        fill_in(reader, text=f"第{number}处有错。")

    refused = fill_in(reader, text="第六处有错。")

    assert refused.status_code == 429
    assert refused["Retry-After"] == "3600"
    assert "第六处有错。" in refused.content.decode()
    assert ErrorReport.objects.count() == 5


def test_one_client_does_not_silence_another(reader, db):
    for _ in range(6):
        fill_in(reader, text="有错。")

    fill_in(Client(enforce_csrf_checks=True, REMOTE_ADDR="192.0.2.7"), text="另一处有错。")

    assert ErrorReport.objects.filter(text="另一处有错。").exists()
