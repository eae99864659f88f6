"""Test the output of manage.py parse and manage.py corpus_report."""

import hashlib
import json

import pytest

from minutes.extraction.read_file import read_file
from tests.minutes_text import minutes_text


def test_parse_prints_one_json_object_a_line_and_file_without_a_database(run, write, tmp_path):
    """Pytest refuses every query here, because no test of this file asks for the database."""
    content = minutes_text().encode("gb18030")
    write("a.txt", content)
    write("b.txt", minutes_text(13, 12))

    result = run("parse", tmp_path)

    first, second = map(json.loads, result.lines)
    assert first["format"] == 2
    assert first["source"] == {
        "name": "a.txt",
        "sha256": hashlib.sha256(content).hexdigest(),
        "characters": len(minutes_text()),
    }
    assert (first["number"], second["number"]) == (12, 13)
    assert "云川市人民政府" in result.lines[0]


def test_spans_are_places_in_the_decoded_text(run, write):
    (line,) = run("parse", write("a.txt", minutes_text().encode("utf-16"))).lines

    start, end = json.loads(line)["items"][1]["span"]
    assert minutes_text()[start:end].startswith("二、听取一季度安全生产情况的汇报")


def test_a_file_that_cannot_be_read_is_told_on_stderr_and_the_others_are_printed(run, write, tmp_path):
    write("a.txt", b"%PDF-1.4")
    write("b.txt", minutes_text())

    result = run("parse", tmp_path)

    assert len(result.lines) == 1
    assert "a.txt: 无法读取：文件名以 .txt 结尾，内容却是“PDF 文件”" in result.err
    assert result.failure == "1 of 2 files could not be read."


def test_a_text_that_is_not_minutes_is_parsed_all_the_same(run, write):
    result = run("parse", write("a.txt", "今天天气很好。"))

    assert json.loads(result.out)["items"] == []
    assert not result.failure


def test_the_table_shows_what_was_decided(run, write):
    result = run("parse", write("a.txt", minutes_text()), "--table")

    facts = dict(line.split(maxsplit=1) for line in result.lines[1:14])
    assert facts["会议主体"] == "云川市人民政府"
    assert facts["会议时间"] == "2021-03-05 上午"
    assert facts["地点"] == "—"
    assert facts["与会"] == "出席3，列席3，派代表2"
    item = result.lines.index("   1  审议《云川市河道管理办法（草案）》")
    assert result.lines[item + 1].strip() == (
        "审议 · 原则同意 · 牵头 市水利局 · 配合 市发改委 · 按程序发文 · 今年12月底前（2021-12-31）"
    )


def test_the_labels_of_the_table_stand_in_one_column(run, write):
    result = run("parse", write("a.txt", minutes_text()), "--table")

    starts = {line.index("  ", 2) for line in result.lines[1:14]}
    assert starts == {6}


def test_the_report_tells_of_each_file_and_of_all(run, write, tmp_path):
    write("a.txt", minutes_text())
    write("b.txt", minutes_text().replace("记录：侯鹤鸣", "这一行谁也说不清是什么\n"))

    result = run("corpus_report", tmp_path)

    total = result.lines.index("total of 2 files")
    first = result.lines[: result.lines.index(str(tmp_path / "b.txt"))]
    assert first[0] == str(tmp_path / "a.txt")
    assert "  items        2" in first
    assert "  attendees    8" in first
    assert any(line.startswith("  fields       16 of 22, without place") for line in first)
    assert "  items        4" in result.lines[total:]
    assert any("recorder 1" in line for line in result.lines[total:])
    assert not result.failure


def test_the_report_goes_on_after_a_file_that_cannot_be_read(run, write, tmp_path):
    write("a.txt", b"%PDF-1.4")
    write("b.txt", minutes_text())

    result = run("corpus_report", tmp_path)

    assert "a.txt: 无法读取：文件名以 .txt 结尾，内容却是“PDF 文件”" in result.err
    assert "total of 1 files" in result.lines
    assert result.failure == "1 files could not be read."


@pytest.mark.parametrize("command", ["parse", "corpus_report"])
def test_an_error_nobody_foresaw_concerns_its_file_alone(command, run, write, tmp_path, monkeypatch):
    def fail_on_the_first(name, *arguments):
        if name == "a.txt":
            raise ZeroDivisionError("a bug")
        return read_file(name, *arguments)

    monkeypatch.setattr("minutes.ingest.read_ahead.read_file", fail_on_the_first)
    write("a.txt", minutes_text(12))
    write("b.txt", minutes_text(13))

    result = run(command, tmp_path)

    assert "a.txt: ZeroDivisionError: a bug" in result.err
    assert "b.txt" in result.out
    assert result.failure.startswith("1 ")
