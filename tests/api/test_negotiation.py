"""?format=json: on pages the way to the same records, for programs no mistake."""

import pytest

from tests.pages.factory import keep_meeting
from tests.pages.stories import HOUSING

pytestmark = pytest.mark.django_db


def test_a_page_leads_to_its_records_under_the_same_conditions(client):
    meeting = keep_meeting(items=(HOUSING,))

    listed = client.get("/meetings/?year=2019&format=json", follow=True)
    assert listed.redirect_chain == [("/api/v1/meetings/?year=2019", 302)]
    assert listed.json()["results"][0]["id"] == meeting.pk
    assert client.get(f"{meeting.get_absolute_url()}?format=json", follow=True).json()["id"] == meeting.pk


def test_the_interface_accepts_what_it_answers_anyway(client):
    keep_meeting(items=(HOUSING,))

    assert client.get("/api/v1/tasks/?format=json").status_code == 200
    assert client.get("/api/v1/meetings/?format=xml").status_code == 400
    assert client.get("/api/v1/meetings/?format=json&format=json").status_code == 400
