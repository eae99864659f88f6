"""A citation as the programs read it that people write with: each format names title, body, number, date, address."""

import json

import pytest
from django.utils import timezone

from tests.pages.reading import read


@pytest.fixture
def address(long_meeting):
    return f"/cite/{long_meeting.pk}/2/3/"


def file_of(client, address, ending):
    response = client.get(f"{address}citation.{ending}")
    assert response.status_code == 200
    assert f".{ending}" in response["Content-Disposition"]
    return response.content.decode()


def test_gb7714_names_author_title_number_date_and_address(client, address, long_meeting):
    title = long_meeting.items.get(position=2).title
    text = read(client.get(address)).text
    today = timezone.localdate().isoformat()
    assert (
        f"云川市人民政府. 云川市人民政府第70次常务会议纪要：{title}：〔2019〕70号[A/OL]. （2019-11-21）[{today}]. http"
        in text
    )


def test_csl_json_is_read_by_reference_managers(client, address):
    [item] = json.loads(file_of(client, address, "json"))
    assert item["author"] == [{"literal": "云川市人民政府"}]
    assert item["issued"] == {"date-parts": [[2019, 11, 21]]}
    assert item["number"] == "〔2019〕70号"
    assert item["URL"].startswith(f"http://testserver{address}")
    assert client.get(item["URL"]).status_code == 200


def test_bibtex_keeps_its_own_characters_out_of_titles(client, address, long_meeting):
    long_meeting.items.filter(position=2).update(title="审议{甲&乙_办法")
    entry = file_of(client, address, "bib")
    assert r"审议\textbraceleft{}甲\&乙\_办法" in entry
    assert entry.startswith("@misc{minutes-")
    assert entry.count("{") == entry.count("}")


def test_ris_has_one_field_a_line_and_ends(client, address, long_meeting):
    long_meeting.items.filter(position=2).update(title="审议\n《甲办法》")
    record = file_of(client, address, "ris")
    lines = record.split("\r\n")
    assert lines[0] == "TY  - GOVDOC"
    assert lines[-2] == "ER  - "
    assert all(line[2:6] == "  - " for line in lines if line)
    assert "DA  - 2019/11/21" in lines


def test_a_format_that_is_none_and_a_passage_that_is_none_are_not_found(client, address):
    assert client.get(f"{address}citation.doc").status_code == 404
    assert client.get("/cite/999/citation.bib").status_code == 404
