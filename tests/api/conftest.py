import datetime

import pytest
from django.core.cache import cache

from tests.kept import kept
from tests.pages.factory import keep_meeting
from tests.pages.stories import FIRE, HOUSING, LONG_AGENDA, PARKING_AGAIN


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()
    yield
    cache.clear()


@kept
def archive():
    """Three meetings in three years; 市住建局 led once in 2018 and once in 2019."""
    keep_meeting(number=39, date=datetime.date(2018, 9, 4), items=(FIRE, HOUSING))
    meeting = keep_meeting(items=LONG_AGENDA, attendees=20, represented=("市委宣传部",), apologies=("闵若水",))
    keep_meeting(number=79, date=datetime.date(2020, 3, 6), items=(PARKING_AGAIN,))
    return meeting


@pytest.fixture
def ask(client):
    """Return the JSON response of a path below /api/v1/."""

    def asked(path, **parameters):
        response = client.get(f"/api/v1/{path}", parameters)
        assert response.status_code == 200, response.content.decode()
        return response.json()

    return asked


@pytest.fixture
def refusal(client):
    """Return the problem response of a rejected request, after checking its format."""

    def refused(path, status=400, **parameters):
        response = client.get(f"/api/v1/{path}", parameters)
        assert response.status_code == status, response.content.decode()
        assert response["Content-Type"] == "application/problem+json"
        problem = response.json()
        assert problem["status"] == status
        assert problem["title"]
        return problem["detail"]

    return refused
