"""An old .doc is read by way of LibreOffice, where it is installed."""

import subprocess

import pytest

from minutes.extraction.read_file import read_file
from tests.extraction.documents import (
    CHINESE_LISTS,
    docx,
    docx_of,
    numbered,
    ole,
    paragraph,
    row,
    table,
    word_xml,
    words,
)
from tests.extraction.needed import needs_libreoffice

pytestmark = pytest.mark.slow


@pytest.fixture
def libreoffice_that(monkeypatch, tmp_path):
    """Install a fake LibreOffice that runs these shell commands."""

    def install(commands):
        program = tmp_path / "bin" / "soffice"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{commands}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")

    return install


def test_without_libreoffice_the_sentence_names_the_package(refusal, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    sentence = refusal("a.doc", ole("WordDocument"))

    assert "LibreOffice" in sentence
    assert "apt install libreoffice-writer-nogui" in sentence


def test_what_libreoffice_makes_of_it_is_read_as_word(libreoffice_that, tmp_path):
    (tmp_path / "made.docx").write_bytes(docx_of("云川市人民政府\n常务会议纪要"))
    libreoffice_that(f'test -s minutes && mkdir made && cp "{tmp_path}/made.docx" made/minutes.docx')

    found = read_file("a.doc", ole("WordDocument")).extraction

    assert found.text == "云川市人民政府\n常务会议纪要\n"


@pytest.mark.parametrize("commands", ["exit 1", "exit 0", "kill -SEGV $$"])
def test_what_libreoffice_cannot_read_is_refused(commands, libreoffice_that, refusal):
    libreoffice_that(commands)

    assert "LibreOffice 打不开" in refusal("a.doc", ole("WordDocument"))


def test_libreoffice_that_hangs_is_ended(libreoffice_that, refusal, settings):
    settings.EXTRACT_SECONDS = 1
    libreoffice_that("exec sleep 1000")

    assert "读取超过1秒" in refusal("a.doc", ole("WordDocument"))


@needs_libreoffice
def test_a_real_old_word_file_keeps_its_numbers_and_loses_its_deletions(tmp_path):
    deleted = "<w:del w:id='1' w:author='甲'><w:r><w:delText>和市财政局</w:delText></w:r></w:del>"
    body = (
        numbered("审议办法", 0)
        + numbered("原则同意", 1)
        + f"<w:p>{words('由市水利局')}{deleted}</w:p>"
        + table(row(paragraph("出席"), paragraph("沈知远")), columns=2)
        + paragraph("完")
    )
    (tmp_path / "a.docx").write_bytes(docx(body, numbering=word_xml("numbering", CHINESE_LISTS)))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={tmp_path.as_uri()}/profile",
            "--headless",
            "--convert-to",
            "doc",
            "a.docx",
        ],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )

    found = read_file("a.doc", (tmp_path / "a.doc").read_bytes()).extraction

    assert found.text.split() == ["一、审议办法", "（一）原则同意", "由市水利局", "出席", "沈知远", "完"]
    assert [problem.code for problem in found.problems] == ["word-deletion"]


def test_a_conversion_has_less_time_than_other_readings(libreoffice_that, refusal, settings, tmp_path):
    settings.EXTRACT_CPU_SECONDS = settings.EXTRACT_SECONDS = 300
    libreoffice_that(f'ulimit -t > "{tmp_path}/seconds"; exit 1')

    for name, content in (("a.doc", ole("WordDocument")), ("a.rtf", b"{\\rtf1\\ansi \\bin2147483647 x}")):
        refusal(name, content)
        assert int((tmp_path / "seconds").read_text()) == 40


@pytest.mark.parametrize("names", [(), ("CONTENTS", "MatOST")])
def test_old_office_files_without_a_word_text_are_refused_with_advice(names, refusal, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    for ending in ("doc", "wps"):
        assert "请用 WPS 打开，另存为 .docx" in refusal(f"a.{ending}", ole(*names))
