"""Test that the staff guide is complete and matches the pages it describes."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import django
import pytest
from django.urls import reverse

from tests.desk.staff import somebody

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"
# Words of the interface that are put together of two, and words that somebody types.
PUT_TOGETHER = {"可能重复的单位", "新增议题文件", "新增出席记录", "任务1", "任务2", "期限1"}
TYPED = {"附件误收，更正后重新公开"}


class Leads(HTMLParser):
    """Where the links and pictures within the guide's text lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found, self.is_within = [], False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.is_within |= attributes.get("class") == "guide"
        if self.is_within and tag in ("a", "img"):
            self.found.append(attributes.get("href") or attributes.get("src"))


@pytest.mark.django_db
def test_every_page_and_picture_is_reached_from_the_first_page_of_the_admin(client):
    client.force_login(somebody("闵若水", "上传员"))
    contents = reverse("desk-guide", args=["README"])
    assert f'<a href="{contents}">操作指南</a>' in client.get("/admin/").content.decode()
    reached, left = set(), [contents]

    while left:
        address = left.pop()
        answer = client.get(address)
        assert answer.status_code == 200, address
        reached.add(address)
        if answer["Content-Type"] == "image/png":
            continue
        leads = {urljoin(address, lead) for lead in Leads(answer.content.decode()).found}
        left += leads - reached - set(left)

    there = {file.relative_to(GUIDE).as_posix() for file in [*GUIDE.glob("*.md"), *GUIDE.glob("pictures/*.png")]}
    assert {address.removeprefix("/admin/guide/") for address in reached} == there


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_not_found(client):
    client.force_login(somebody("闵若水", "上传员"))

    assert client.get(reverse("desk-guide", args=["nothing"])).status_code == 404


def test_what_the_guide_quotes_stands_in_the_interface():
    places = ("templates/**/*.html", "desk/**/*.py", "minutes/**/*.py", "static/js/*.js")
    files = [file for place in places for file in ROOT.glob(place)]
    files += Path(django.__file__).parent.glob("contrib/a*/locale/zh_Hans/LC_MESSAGES/django.po")
    interface = "\n".join(file.read_text() for file in files)
    # 点“标为已审核”。, 上面写着“人工更正，原读作……”
    quoted = {words for page in GUIDE.glob("*.md") for words in re.findall("“([^”]+)”", page.read_text())}

    missing = {words for words in quoted if not all(part in interface for part in words.split("……"))}

    assert missing == PUT_TOGETHER | TYPED
