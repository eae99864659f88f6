"""Every public page as Markdown, by address and by Accept; nothing else is."""

import re

import pytest

from minutes.models import Meeting, MeetingStatus
from search.service import index_everything
from tests.pages.factory import ItemFacts, keep_meeting

MARKDOWN = {"HTTP_ACCEPT": "text/markdown"}


def test_an_item_is_markdown_with_its_decision_text_and_whole_links(client, long_meeting):
    response = client.get(f"/meetings/{long_meeting.pk}/items/2.md")
    text = response.content.decode()
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert text.startswith(f"<http://testserver/meetings/{long_meeting.pk}/items/2/>\n")
    assert "# 审议《云川市公共停车场管理办法（草案）》" in text
    assert "市级机关大院" in text
    assert "](/" not in text
    assert "<" not in text.split("\n", 1)[1]


def test_the_address_and_the_accept_header_give_the_same(client, long_meeting):
    for address in (f"/meetings/{long_meeting.pk}", "/help"):
        assert client.get(f"{address}.md").content == client.get(f"{address}/", **MARKDOWN).content


def test_the_query_is_kept(client, long_meeting):
    assert "没有" in client.get("/meetings.md?year=1999").content.decode()


def test_browsers_get_html_and_caches_know_that_it_depends_on_accept(client, long_meeting):
    response = client.get("/meetings/", HTTP_ACCEPT="text/html,application/xhtml+xml,*/*;q=0.8")
    assert response["Content-Type"].startswith("text/html")
    assert "Accept" in response["Vary"]


@pytest.mark.parametrize("address", ["/admin.md", "/admin/login.md", "/health.md", "/no/such.md", "/data/minutes.md"])
def test_what_is_no_public_page_is_not_found(client, db, address):
    assert client.get(address).status_code in (302, 404)
    assert "markdown" not in client.get(address)["Content-Type"]


def test_the_admin_is_never_converted(client, db):
    assert client.get("/admin/login/", **MARKDOWN)["Content-Type"].startswith("text/html")


def test_drafts_are_not_found_and_withdrawn_meetings_say_so(client, long_meeting):
    Meeting.objects.update(status=MeetingStatus.DRAFT)
    assert client.get(f"/meetings/{long_meeting.pk}.md").status_code == 404


def test_assistants_are_told_where_to_read(client, db):
    text = client.get("/llms.txt").content.decode()
    assert text.startswith("# 会议纪要档案")
    assert "http://testserver/meetings.md" in text


def test_what_the_minutes_say_is_neither_html_nor_a_link_in_markdown(client, db):
    said = "<img src=x onerror=alert(1)> [点击](javascript:alert(2)) <script>alert(3)</script>"
    meeting = keep_meeting(
        items=(ItemFacts(title=f"审议{said}", paragraphs=(f"原则同意{said}。",), outcome="原则同意"),), closing=said
    )
    index_everything()

    for address in (
        f"/meetings/{meeting.pk}.md",
        f"/meetings/{meeting.pk}/items/1.md",
        "/search.md?q=alert",
        "/meetings.md",
    ):
        text = client.get(address).content.decode()
        assert "onerror=alert(1)" in text or address == "/meetings.md"
        assert re.search(r"(?<!\\)<(?!http://testserver)", text) is None, address
        assert re.search(r"(?<!\\)\]\(javascript", text) is None, address
