"""Test placing bodies in divisions: one certain division, or none."""

import io

import pytest
from django.core.management import CommandError, call_command

from minutes.divisions.placement import candidates, get_or_create_body
from minutes.divisions.register import REGISTER, read_register
from minutes.models import Body, Division

pytestmark = pytest.mark.django_db

OWN_REGISTER = "path,code,since,until\n澜川省/云川市/南屏县,,,\n澜川省/北渚市,,,\n"


def path_of(body: Body) -> list[str]:
    return [division.name for division in body.division.path] if body.division else []


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("苏州市人民政府", ["江苏省", "苏州市"]),
        ("昆山市人民政府", ["江苏省", "苏州市", "昆山市"]),
        ("江苏省昆山市人民政府", ["江苏省", "苏州市", "昆山市"]),
        ("南京市鼓楼区人民政府", ["江苏省", "南京市", "鼓楼区"]),
        ("济源市人民政府", ["河南省", "济源市"]),
        ("苏州工业园区管委会", ["江苏省", "苏州市"]),
        ("黄陂区蔡店街道办事处", ["湖北省", "武汉市", "黄陂区"]),
        ("密云县人民政府", ["北京市", "密云县"]),
    ],
)
def test_a_body_is_placed_where_its_name_leaves_no_doubt(name, path):
    assert path_of(get_or_create_body(name)) == path


def test_a_name_in_several_cities_is_placed_in_none():
    assert get_or_create_body("鼓楼区人民政府").division is None
    assert {entry.path[1] for entry in candidates("鼓楼区人民政府")} >= {"南京市", "福州市"}


def test_a_place_that_no_register_knows_is_placed_nowhere():
    assert get_or_create_body("云川市人民政府").division is None


def test_another_register_adds_places_and_places_the_bodies_that_wait(tmp_path):
    waiting = get_or_create_body("云川市人民政府")
    register = tmp_path / "divisions.csv"
    register.write_text(OWN_REGISTER, encoding="utf-8")
    call_command("divisions", str(register), stdout=io.StringIO())
    waiting.refresh_from_db()
    assert path_of(waiting) == ["澜川省", "云川市"]
    assert path_of(get_or_create_body("南屏县人民政府")) == ["澜川省", "云川市", "南屏县"]
    call_command("divisions", str(register), stdout=io.StringIO())
    assert Division.objects.filter(name="云川市").count() == 1


def test_the_command_names_the_bodies_left_out_and_where_they_may_belong():
    get_or_create_body("鼓楼区人民政府")
    out = io.StringIO()
    call_command("divisions", stdout=out)
    assert "未归入：鼓楼区人民政府" in out.getvalue()
    assert "江苏省 › 南京市 › 鼓楼区" in out.getvalue()


@pytest.mark.parametrize("content", ["path,code,since,until\n甲省//乙县,,,\n", "甲,乙\n1,2\n", b"\xff\xfe\x00"])
def test_a_register_that_is_none_is_refused_with_its_name(tmp_path, content):
    register = tmp_path / "divisions.csv"
    register.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CommandError, match="无法读取名册"):
        call_command("divisions", str(register))


def test_whoever_is_above_a_division_of_the_register_is_in_it():
    entries = {entry.path for entry in read_register(REGISTER)}
    assert len(entries) > 3_900
    assert {path[:-1] for path in entries if len(path) > 1} <= entries
