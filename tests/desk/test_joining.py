"""Test merging and splitting by administrators, and the public result."""

import re

import pytest
from django.contrib.auth.models import User

from minutes.ingest.ingest_file import IngestOptions, ingest_bytes
from minutes.merging import rebuild
from minutes.models import (
    Attendance,
    Document,
    DocumentReference,
    Involvement,
    Meeting,
    MergeOperation,
    Organization,
    Person,
)
from minutes.workflow import publish
from search.service import index_everything
from tests.corrections.editing import SAMPLES
from tests.desk.bringing import logged_in, work
from tests.desk.staff import somebody
from tests.kept import kept

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

JOINED, KEPT = "市水利局", "市水务局"


@kept
def archive(folder):
    """Two public meetings of 云川市, indexed: one names 市水利局, the other 市水务局."""
    for name in ("yunchuan-2018-24.txt", "yunchuan-2019-58.txt"):
        ingest_bytes(name, (SAMPLES / name).read_bytes(), IngestOptions())
    for meeting in Meeting.objects.all():
        publish(meeting)
    index_everything()
    return Meeting.objects.order_by("pk")


@pytest.fixture
def administrator(archive):
    return logged_in(somebody("温如故", "管理员"))


def unit(name) -> Organization:
    return Organization.objects.get(name=name)


def address_of_join(record, other, kind="organization"):
    return f"/admin/join/{kind}/{record.pk}/into/{other.pk}/"


def text_of(response):
    """Return the visible text of a page."""
    page = response.content.decode().partition('<div id="content"')[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def join(client, joined=JOINED, kept=KEPT) -> MergeOperation:
    response = client.post(address_of_join(unit(joined), unit(kept)))
    operation = MergeOperation.objects.latest("pk")
    assert response.url == f"/admin/join/acts/{operation.pk}/"
    return operation


def found(client, words):
    page = client.get("/search/", {"q": words}).content.decode()
    return set(re.findall(r"/meetings/\d+/items/\d+/", page))


# The way of an administrator.


def test_a_record_is_offered_those_whose_names_are_most_like_its_own(administrator):
    joined, kept = unit(JOINED), unit(KEPT)
    page = administrator.get("/admin/join/organization/", {"record": joined.pk}).content.decode()
    offered = page.partition("名称最像的")[2].partition("的全部单位")[0]
    assert address_of_join(joined, kept) in offered
    assert address_of_join(joined, unit("市发改委")) not in offered
    assert address_of_join(joined, unit("市发改委")) in page.partition("的全部单位")[2]


def test_from_the_choice_to_the_preview_to_the_act_and_back(administrator):
    joined, kept = unit(JOINED), unit(KEPT)
    page = administrator.get("/admin/join/organization/", {"q": JOINED}).content.decode()
    assert f"/admin/join/organization/{joined.pk}/" in page
    page = administrator.get("/admin/join/organization/", {"record": joined.pk, "q": "水务"}).content.decode()
    assert address_of_join(joined, kept) in page
    assert address_of_join(joined, joined) not in page

    items = Involvement.objects.filter(organization=joined).values("item").distinct().count()
    preview = text_of(administrator.get(address_of_join(joined, kept)))
    assert f"议题{items} 项" in preview
    assert "会议1 次" in preview
    assert "云川市水利局" in preview
    assert not MergeOperation.objects.exists(), "a preview changes nothing"

    operation = join(administrator)
    shown = text_of(administrator.get(f"/admin/join/acts/{operation.pk}/"))
    assert "涉及的 1 次会议都已更新" in shown
    assert "温如故" in text_of(administrator.get("/admin/join/"))
    assert f"已并入“{KEPT}”" in text_of(administrator.get(f"/admin/join/organization/{joined.pk}/"))

    shown = text_of(administrator.get(f"/admin/join/acts/{operation.pk}/undo/"))
    assert str(operation) in shown
    assert "重新成为一条独立的记录" in shown
    assert Organization.objects.get(pk=joined.pk).merged_into == kept
    administrator.post(f"/admin/join/acts/{operation.pk}/undo/")
    assert Involvement.objects.filter(organization=joined).values("item").distinct().count() == items
    assert "已撤销" in text_of(administrator.get("/admin/join/"))


def test_what_stands_side_by_side_is_shown_before_it_is_joined(administrator):
    meeting = Meeting.objects.get(number=24)
    one, other = meeting.attendance.exclude(organization=None).exclude(person=None)[:2]
    assert "2次会议的出席名单同时列有两者" in text_of(
        administrator.get(address_of_join(one.organization, other.organization))
    )
    people = text_of(administrator.get(address_of_join(one.person, other.person, "person")))
    assert "两者姓名不同" in people
    assert "多半是两个人" in people
    reference = DocumentReference.objects.first()
    document = Document.objects.create(body=meeting.body, title="云川市公交管理办法")
    DocumentReference.objects.create(item=reference.item, document=document, kind="mention", start=0, end=9)
    shown = text_of(administrator.get(address_of_join(document, reference.document, "document")))
    assert "1项议题同时提到两者" in shown


def test_an_act_that_a_later_one_builds_on_says_which_to_undo_first(administrator):
    first = join(administrator)
    second = join(administrator, KEPT, "市应急局")
    page = administrator.get(f"/admin/join/acts/{first.pk}/undo/").content.decode()
    assert f"/admin/join/acts/{second.pk}/" in page
    answer = administrator.post(f"/admin/join/acts/{first.pk}/undo/", follow=True)
    assert "请先撤销那一步" in answer.content.decode()
    first.refresh_from_db()
    assert first.undone_at is None


def test_a_loop_is_refused_with_a_sentence(administrator):
    join(administrator)
    answer = administrator.post(address_of_join(unit(KEPT), unit(JOINED)), follow=True)
    assert "已并入" in answer.content.decode()
    assert unit(KEPT).merged_into is None
    assert MergeOperation.objects.count() == 1


def test_a_name_is_parted_after_a_preview(administrator):
    whole = unit("市应急局")
    address = f"/admin/join/organization/{whole.pk}/part/"
    assert "市安监局" in text_of(administrator.get(address))
    preview = administrator.post(address, {"name": ["市安监局"]})
    assert "归到新单位" in text_of(preview)
    assert not MergeOperation.objects.exists()
    administrator.post(address, {"name": ["市安监局"], "called": "市安监局", "confirm": "1"})
    assert Attendance.objects.filter(organization=unit("市安监局")).exists()
    refused = administrator.post(address, {"name": []})
    assert refused.status_code == 400
    assert "请从这个单位的名称中选出" in text_of(refused)


def test_entries_of_a_person_are_parted_after_a_preview_and_come_back(administrator):
    person = next(each for each in Person.objects.all() if each.attendance.count() > 1)
    entry = person.attendance.order_by("pk").last()
    address = f"/admin/join/person/{person.pk}/part/"
    wanted = {"entry": [entry.pk], "distinction": "女"}
    assert "1 处归到区分为“女”的同名记录" in text_of(administrator.post(address, wanted))
    assert not MergeOperation.objects.exists()
    administrator.post(address, {**wanted, "confirm": "1"})
    entry.refresh_from_db()
    assert str(entry.person) == f"{person.name}（女）"
    administrator.post(f"/admin/join/acts/{MergeOperation.objects.get().pk}/undo/")
    entry.refresh_from_db()
    assert entry.person == person
    refused = administrator.post(address, {"entry": [entry.pk], "distinction": ""})
    assert (refused.status_code, "怎样区分" in text_of(refused)) == (400, True)
    assert "checked" in refused.content.decode(), "what was chosen stays chosen"


def test_likely_doubles_are_offered_and_nothing_is_joined_by_itself(administrator):
    body = unit(KEPT).body
    double = Document.objects.create(body=body, title=f"《{Document.objects.first().title}》")
    page = administrator.get("/admin/join/").content.decode()
    assert (
        address_of_join(double, Document.objects.exclude(pk=double.pk).get(title=double.title[1:-1]), "document")
        in page
    )
    assert not MergeOperation.objects.exists()


@pytest.mark.parametrize(
    "path", ["/admin/join/bodies/", "/admin/join/person/999999/", "/admin/join/organization/999999/part/"]
)
def test_what_is_not_there_is_not_found(administrator, path):
    assert administrator.get(path).status_code == 404


def test_only_who_may_join_comes_in(archive, client):
    paths = ["/admin/join/", "/admin/join/organization/", address_of_join(unit(JOINED), unit(KEPT))]
    for path in paths:
        assert "/admin/login/" in client.get(path).url
    editor = logged_in(somebody("鲁一苇", "编辑", "发布员"))
    for path in paths:
        assert editor.get(path).status_code == 403
        assert editor.post(path).status_code == 403
    assert not MergeOperation.objects.exists()


def test_a_get_changes_nothing_and_a_post_needs_its_token(administrator):
    administrator.get(address_of_join(unit(JOINED), unit(KEPT)))
    strict = logged_in(User.objects.get(username="温如故"), enforce_csrf_checks=True)
    assert strict.post(address_of_join(unit(JOINED), unit(KEPT))).status_code == 403
    assert not MergeOperation.objects.exists()


def test_many_meetings_are_left_to_the_worker_with_progress(administrator, monkeypatch):
    monkeypatch.setattr(rebuild, "FEW", 0)
    operation = join(administrator)
    page = administrator.get(f"/admin/join/acts/{operation.pk}/").content.decode()
    assert "1 次会议中，已更新 0 次" in text_of(administrator.get(f"/admin/join/acts/{operation.pk}/"))
    assert 'hx-trigger="every 2s"' in page
    work()
    assert "涉及的 1 次会议都已更新" in text_of(administrator.get(f"/admin/join/acts/{operation.pk}/"))


def test_a_meeting_that_was_hindered_is_shown_and_can_be_tried_again(administrator, monkeypatch):
    monkeypatch.setattr(rebuild, "FEW", 0)
    operation = join(administrator)
    operation.steps.update(problem="更正有矛盾。")
    page = administrator.get(f"/admin/join/acts/{operation.pk}/")
    assert "更正有矛盾。" in text_of(page)
    assert "hx-trigger" not in page.content.decode(), "there is nothing to wait for"
    administrator.post(f"/admin/join/acts/{operation.pk}/go-on/")
    work()
    assert "都已更新" in text_of(administrator.get(f"/admin/join/acts/{operation.pk}/"))


def test_a_record_in_the_admin_leads_to_its_joining(administrator):
    superuser = logged_in(User.objects.create_superuser("掌印"))
    for record, kind in [
        (unit(KEPT), "organization"),
        (Person.objects.first(), "person"),
        (Document.objects.first(), "document"),
    ]:
        page = superuser.get(f"/admin/minutes/{kind}/{record.pk}/change/").content.decode()
        assert f'href="/admin/join/{kind}/{record.pk}/"' in page


# What the public sees.


@pytest.mark.parametrize(
    ("before", "query"),
    [("/organizations/", "?role=lead"), ("/feeds/organizations/", ""), ("/api/v1/organizations/", "?fields=id,name")],
)
def test_the_address_of_a_joined_unit_leads_to_the_kept_one_until_it_is_undone(administrator, client, before, query):
    joined, kept = unit(JOINED), unit(KEPT)
    operation = join(administrator)
    response = client.get(f"{before}{joined.pk}/{query}")
    assert (response.status_code, response.url) == (301, f"{before}{kept.pk}/{query}")
    assert response["Cache-Control"] == "no-cache"
    assert client.get(response.url).status_code in (200, 404 if "role" in query else 200)
    administrator.post(f"/admin/join/acts/{operation.pk}/undo/")
    assert client.get(f"{before}{joined.pk}/").status_code == 200


def test_people_and_documents_lead_on_too(administrator, client):
    one, other = Document.objects.filter(references__isnull=False).distinct()[:2]
    administrator.post(address_of_join(one, other, "document"))
    assert client.get(one.get_absolute_url()).url == other.get_absolute_url()
    assert client.get("/api/v1/items/", {"document": one.title}).status_code == 200
    assert client.get("/api/v1/items/", {"document": one.pk}).status_code == 200
    someone = Person.objects.filter(organization__name=JOINED, attendance__isnull=False).first()
    join(administrator)
    someone.refresh_from_db()
    assert client.get(someone.get_absolute_url()).url == someone.kept.get_absolute_url()


def test_the_address_of_a_unit_merged_into_one_that_is_not_public_tells_nothing(administrator, client):
    joined = unit(JOINED)
    join(administrator)
    Meeting.objects.update(status="draft")
    assert client.get(joined.get_absolute_url()).status_code == 404


def test_lists_and_data_name_the_kept_unit_alone(administrator, client):
    joined = unit(JOINED)
    join(administrator)
    units = client.get("/organizations/?name=市水").content.decode()
    assert f"/organizations/{unit(KEPT).pk}/" in units
    assert f"/organizations/{joined.pk}/" not in units
    found = client.get("/api/v1/organizations/", {"name": KEPT}).json()["results"]
    assert [each["id"] for each in found] == [unit(KEPT).pk]
    assert JOINED in found[0]["aliases"]


def test_search_finds_by_both_names_and_all_that_led_to_the_old_unit(administrator, client):
    items = found(client, JOINED)
    assert items
    assert not items & found(client, f"organization:{KEPT}")
    old_address = client.get("/search/", {"organization": unit(JOINED).pk}).content.decode()

    join(administrator)
    work()
    assert items <= found(client, JOINED)
    assert items <= found(client, f"organization:{KEPT}")
    assert found(client, f"organization:{JOINED}") == found(client, f"organization:{KEPT}")
    assert client.get("/api/v1/items/", {"organization": JOINED}).status_code == 200
    answer = client.get("/search/", {"organization": unit(JOINED).pk})
    assert answer.status_code == 200
    assert set(re.findall(r"/meetings/\d+/items/\d+/", old_address)) <= set(
        re.findall(r"/meetings/\d+/items/\d+/", answer.content.decode())
    )

    administrator.post(f"/admin/join/acts/{MergeOperation.objects.get().pk}/undo/")
    work()
    assert not items & found(client, f"organization:{KEPT}")
