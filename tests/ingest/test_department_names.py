"""Test which names of departments mean the same organization."""

import csv

import pytest

from minutes.ingest.department_names import DEPARTMENTS_TABLE, departments_by_name, is_generic, unit_named

CITY, COUNTY, DISTRICT = "云川市人民政府", "南屏县人民政府", "云川市东浦区人民政府"


@pytest.mark.parametrize(
    ("body", "names", "shown", "full"),
    [
        (
            CITY,
            ["市发改委", "市发展和改革委员会", "云川市发展和改革委员会", "云川市发改委", "发改委"],
            "市发改委",
            "市发展和改革委员会",
        ),
        (CITY, ["市住建局", "市住房和城乡建设局", "住房城乡建设局"], "市住建局", "市住房和城乡建设局"),
        (
            CITY,
            ["市市场监管局", "市市场监督管理局", "市场监管局", "云川市市场监督管理局"],
            "市市场监管局",
            "市市场监督管理局",
        ),
        (CITY, ["市工信局", "市工业和信息化局"], "市工信局", "市工业和信息化局"),
        (CITY, ["市资源规划局", "市自然资源和规划局"], "市资源规划局", "市自然资源和规划局"),
        (CITY, ["市应急局", "市应急管理局", "市安监局"], "市应急局", "市应急管理局"),
        (CITY, ["市卫健委", "市卫生健康委员会", "市卫计委"], "市卫健委", "市卫生健康委员会"),
        (CITY, ["市生态环境局", "市环保局", "市环境保护局"], "市生态环境局", "市生态环境局"),
        (CITY, ["市委组织部", "中共云川市委组织部", "组织部"], "市委组织部", "市委组织部"),
        (COUNTY, ["县发改局", "发改局", "南屏县发展和改革局"], "县发改局", "县发展和改革局"),
        (DISTRICT, ["区财政局", "东浦区财政局", "云川市东浦区财政局", "财政局"], "区财政局", "区财政局"),
    ],
)
def test_all_names_of_a_unit_mean_the_unit(body, names, shown, full):
    first, *others = [unit_named(name, body) for name in names]

    assert first.name == shown
    assert (first.full_name or first.name) == full
    for name, unit in zip(names[1:], others, strict=True):
        assert (unit.full_name or unit.name) == full, name


def test_a_short_name_is_shown_as_it_was_written():
    assert unit_named("市卫生健康委", CITY).name == "市卫生健康委"


@pytest.mark.parametrize(
    ("body", "one", "other"),
    [
        (CITY, "市财政局", "东浦区财政局"),
        (CITY, "市财政局", "省财政局"),
        (CITY, "市住建局", "市城管局"),
        (CITY, "市工商局", "市市场监管局"),
        (CITY, "市国土局", "市规划局"),
        (DISTRICT, "区财政局", "市财政局"),
        (CITY, "云川供电公司", "云川水务公司"),
    ],
)
def test_different_units_stay_apart(body, one, other):
    first, second = unit_named(one, body), unit_named(other, body)

    names = [{unit.name, unit.full_name or unit.name, *unit.other_names} for unit in (first, second)]
    assert not names[0] & names[1]


def test_a_name_of_two_departments_means_neither():
    unit = unit_named("市文旅局", CITY)

    assert unit.candidates == ("市文化广电和旅游局", "市文化和旅游局")
    assert (unit.name, unit.full_name, unit.other_names) == ("市文旅局", "", frozenset())
    assert "市文旅局" not in unit_named("市文化和旅游局", CITY).other_names


@pytest.mark.parametrize(
    "words",
    [
        "各地",
        "各有关部门",
        "各县（市、区）",
        "各区",
        "相关部门",
        "有关单位",
        "市各有关部门和单位",
        "各地和各相关部门",
        "属地政府",
    ],
)
def test_words_for_many_units_name_none(words):
    assert is_generic(words)


def test_no_department_of_the_table_is_taken_for_generic():
    assert not [name for name in departments_by_name() if is_generic(name) or is_generic("市" + name)]


def test_each_row_of_the_table_has_a_name_of_its_own():
    with DEPARTMENTS_TABLE.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))

    assert len(rows) > 100
    assert len({row["full"] for row in rows}) == len(rows)
    # The only short name that cities of today use for two different departments.
    assert {name for name, departments in departments_by_name().items() if len(departments) > 1} == {"文旅局"}


def test_a_name_of_two_departments_leads_to_neither():
    twice = next(name for name, departments in departments_by_name().items() if len(departments) > 1)
    unit = unit_named(f"市{twice}", CITY)
    assert (unit.name, unit.full_name, unit.other_names) == (f"市{twice}", "", frozenset())
    assert len(unit.candidates) > 1

    for department in departments_by_name()[twice]:
        assert f"市{twice}" not in unit_named(f"市{department.full}", CITY).other_names
