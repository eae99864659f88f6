"""Names and titles that differ only in variants of a character are one record, found by whichever is typed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from minutes.fold import fold, stored_form
from minutes.ingest.ingest_file import IngestOptions, ingest_bytes
from minutes.merging.duplicates import find_duplicates
from minutes.models import Body, Document, Meeting, Organization, OrganizationAlias, Person, Problem

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]

# The name that is kept, and how the second text writes it; one row for each table of characters.
UNITS = [
    pytest.param("市12345中心", "市１２３４５中心", id="width"),
    pytest.param("市二〇中心", "市二○中心", id="zero"),
    pytest.param("市青风公司", "市⻘⻛公司", id="radicals"),
    pytest.param("市水务局", "市⽔务局", id="Kangxi radicals"),
    pytest.param("隆安县财政局", "\uf9dc安县财政局", id="compatibility ideographs"),
    pytest.param("葛城区财政局", "葛\U000e0100城区财政局", id="variation selectors"),
]
PEOPLE = [
    pytest.param("艾山·买买提", "艾山．买买提", id="full-width dot"),
    pytest.param("艾山·买买提", "艾山•买买提", id="bullet"),
    pytest.param("赵长风", "赵⻓⻛", id="radicals"),
    pytest.param("金隆禾", "金\uf9dc禾", id="compatibility ideographs"),
    pytest.param("葛青禾", "葛\U000e0100青禾", id="variation selectors"),
]
TITLES = [
    pytest.param("云川市路网规划（2021—2025年）", "云川市路网规划（2021-2025年）", id="hyphen"),
    pytest.param("云川市路网规划（2021—2025年）", "云川市路网规划(2021–2025年)", id="dash and brackets"),
    pytest.param("云川市艾山·买买提广场方案", "云川市艾山・买买提广场方案", id="dot"),
    pytest.param("云川市水位3～5米预案", "云川市水位３~５米预案", id="width and tilde"),
    pytest.param("云川市二〇二一年计划", "云川市二○二一年计划", id="zero"),
    pytest.param("云川市青风长廊规划", "云川市⻘⻛⻓廊规划", id="radicals"),
    pytest.param("云川市隆水河规划", "云川市\uf9dc水河规划", id="compatibility ideographs"),
    pytest.param("云川市葛城规划", "云川市葛\U000e0100城规划", id="variation selectors"),
]

KINDS = ("organization", "person", "document")


def minutes(day: int, unit: str = "市教育局", person: str = "季敏", title: str = "云川市公交办法") -> str:
    return (
        f"云川市人民政府常务会议纪要\n〔2021〕{day}号\n\n"
        f"2021年3月{day}日上午，市长王岚主持召开市政府第{day}次常务会议。会议议定以下意见：\n"
        f"一、审议《{title}》\n会议原则同意《{title}》。由{unit}负责，6月底前印发。\n"
        f"出席：王岚  沈一舟\n列席：{unit}{person}  市民政局林望\n记录：何青\n"
    )


@pytest.fixture
def take_in_both(tmp_path: Path, index) -> Callable[..., None]:
    """Take in two public meetings, whose texts write one thing in two ways."""

    def take_in(**ways: tuple[str, str]) -> None:
        for day in (1, 2):
            said = {name: way[day - 1] for name, way in ways.items()}
            path = tmp_path / f"{day}.txt"
            path.write_text(minutes(day, **said), "utf-8")
            call_command("ingest", str(path), "--publish", verbosity=0)
        index()

    return take_in


@pytest.fixture
def meetings_found(client) -> Callable[[str], set[str]]:
    def ask(query: str) -> set[str]:
        results = client.get("/api/v1/search/", {"q": query}).json()["results"]
        return {result["meeting"]["date"] for result in results}

    return ask


BOTH = {"2021-03-01", "2021-03-02"}


@pytest.mark.parametrize(("kept", "variant"), UNITS)
def test_a_unit_in_two_ways_is_one(take_in_both, meetings_found, kept, variant):
    take_in_both(unit=(variant, kept))

    units = set(Organization.objects.values_list("name", flat=True)) - {"市民政局"}
    assert units == {kept}
    for name in (kept, variant):
        assert meetings_found(f"部门:{name}") == BOTH, name
        assert meetings_found(f"“{name}”") == BOTH, name


@pytest.mark.parametrize(("kept", "variant"), PEOPLE)
def test_a_person_in_two_ways_is_one(take_in_both, meetings_found, kept, variant):
    take_in_both(person=(variant, kept))

    assert Person.objects.get(organization__name="市教育局").name == kept
    for name in (kept, variant):
        assert meetings_found(f"人员:{name}") == BOTH, name
        assert meetings_found(f"“{name}”") == BOTH, name


@pytest.mark.parametrize(("kept", "variant"), TITLES)
def test_a_document_in_two_ways_is_one(take_in_both, meetings_found, kept, variant):
    take_in_both(title=(variant, kept))

    assert Document.objects.get().title == kept
    for name in (kept, variant):
        assert meetings_found(f"《{name}》") == BOTH, name


@pytest.mark.parametrize("character", ["\ue863", "\U0002ebf0", "\U000323b0"], ids=["private use", "newer", "newest"])
def test_a_character_that_nobody_knows_is_kept_shown_found_and_reported(
    take_in_both, meetings_found, client, character
):
    take_in_both(person=(f"赵{character}峰", f"赵{character}峰"))

    assert Person.objects.filter(name=f"赵{character}峰").count() == 1
    assert meetings_found(f"人员:赵{character}峰") == BOTH
    assert meetings_found(f"“赵{character}峰”") == BOTH
    assert meetings_found("人员:赵峰") == set()
    # 林望 came to both meetings: the unknown character is no punctuation that may be left out.
    for name, times in ((f"赵{character}", 2), (f"{character}峰", 2), (f"林{character}", 0)):
        assert client.get("/search/", {"q": name}).context["meeting_total"] == times, name
    for meeting in Meeting.objects.all():
        assert f"赵{character}峰" in client.get(meeting.get_absolute_url()).text
        assert f"赵{character}峰" in client.get(f"{meeting.get_absolute_url()}source/").text
    assert Problem.objects.filter(code="unknown-character", message__contains=character).count() == 2


def test_a_government_in_two_ways_is_one(take_in_both):
    take_in_both()
    text = minutes(3).replace("云川市人民政府", "云川市⼈⺠政府")
    ingest_bytes("3.txt", text.encode(), IngestOptions())
    assert Body.objects.get().name == "云川市人民政府"


def test_doubles_that_are_in_a_database_are_offered_for_merging():
    body = Body.objects.create(name="云川市人民政府")
    unit = Organization.objects.create(body=body, name="市工信局（装备处）")
    Organization.objects.create(body=body, name="市工信局(装备处)")
    Person.objects.create(body=body, name="艾山·买买提", organization=unit)
    Person.objects.create(body=body, name="艾山•买买提", organization=unit)
    Document.objects.create(body=body, title="云川市路网规划（2021—2025年）")
    Document.objects.create(body=body, title="云川市路⽹规划(2021-2025年)")

    pairs = {kind: [(str(pair.record), str(pair.other)) for pair in find_duplicates(kind)] for kind in KINDS}

    assert pairs == {
        "organization": [("市工信局(装备处)", "市工信局（装备处）")],
        "person": [("艾山•买买提", "艾山·买买提")],
        "document": [("《云川市路⽹规划(2021-2025年)》", "《云川市路网规划（2021—2025年）》")],
    }


def test_a_name_that_staff_enter_is_stored_as_texts_are_compared(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("闵若水"))
    body = Body.objects.create(name="云川市人民政府")
    management = {"aliases-TOTAL_FORMS": "1", "aliases-INITIAL_FORMS": "0", "aliases-0-name": "市装备办(筹)"}
    client.post("/admin/minutes/organization/add/", {"body": body.pk, "name": "市工信局(装备处)", **management})

    assert Organization.objects.get().name == "市工信局（装备处）"
    assert OrganizationAlias.objects.get().name == "市装备办（筹）"


@pytest.mark.parametrize(
    "name", ["艾山·买买提", "市工信局（装备处）", "云川市路网规划（2021—2025年）", "云川市水位3～5米预案", "市二〇中心"]
)
def test_how_a_name_is_stored_follows_from_its_folded_form(name):
    assert stored_form(fold(name)) == name
