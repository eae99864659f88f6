"""People and documents are found whatever variants of a character their names are written with."""

import pytest

from minutes.ingest.resolve import documents_titled, people_named
from minutes.models import Body

pytestmark = pytest.mark.django_db


@pytest.fixture
def body() -> Body:
    return Body.objects.create(name="云川市人民政府")


def test_one_document_whatever_its_dash(body: Body):
    first = documents_titled(["云川市路网规划（2021—2025年）"], body)
    later = documents_titled(["云川市路网规划(2021-2025年)", "云川市路网规划（2021–2025年）"], body)

    assert {*first.values()} == {*later.values()}
    assert next(iter(first.values())).title == "云川市路网规划（2021—2025年）"


def test_one_person_whatever_the_dot(body: Body):
    first = people_named([("艾山·买买提", None)], body)
    later = people_named([("艾山•买买提", None), ("艾山．买买提", None)], body)

    assert {*first.values()} == {*later.values()}
