"""RTF, ODT, WPS and DOC are converted by LibreOffice and read as Word: numbers, deletions, hidden text as there."""

import subprocess

import pytest

from minutes.extraction.read_file import read_file
from minutes.parser.pipeline import parse
from tests.extraction.documents import CHINESE_LISTS, docx, docx_of, numbered, paragraph, word_xml, words, zipped
from tests.extraction.facts import facts
from tests.extraction.needed import needs_libreoffice
from tests.minutes_text import minutes_text

pytestmark = [pytest.mark.slow, needs_libreoffice]
DELETED = "<w:del w:id='1' w:author='甲'><w:r><w:delText>和市财政局</w:delText></w:r></w:del>"
NUMBERED = docx(
    numbered("审议办法", 0)
    + numbered("原则同意", 1)
    + f"<w:p>{words('由市水利局')}{DELETED}</w:p>"
    + f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>不公开的话</w:t></w:r>{words('负责')}</w:p>"
    + paragraph("完"),
    numbering=word_xml("numbering", CHINESE_LISTS),
)


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """Return a Word file saved by LibreOffice in another format."""
    folder = tmp_path_factory.mktemp("office")

    def convert(content, ending):
        (folder / "a.docx").write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", ending, "a.docx"]
        subprocess.run(command, cwd=folder, capture_output=True, check=True)
        return (folder / f"a.{ending}").read_bytes()

    return convert


@pytest.mark.parametrize(("ending", "name"), [("rtf", "a.rtf"), ("odt", "a.odt"), ("doc", "a.wps"), ("rtf", "a.doc")])
def test_the_facts_are_those_of_the_text(ending, name, converted):
    reading = read_file(name, converted(docx_of(minutes_text()), ending))

    assert reading.format == ending
    assert facts(reading.parsed) == facts(parse(minutes_text()))


def test_numbers_are_written_out_and_deletions_and_hidden_text_left_out(converted):
    extraction = read_file("a.odt", converted(NUMBERED, "odt")).extraction

    assert extraction.text.split() == ["一、审议办法", "（一）原则同意", "由市水利局", "负责", "完"]
    assert {problem.code for problem in extraction.problems} == {"word-deletion", "word-hidden"}


def rtf(text):
    """Return characters as written by Word in RTF, each with its fallback."""
    return "".join(f"\\u{ord(sign) if ord(sign) < 32_768 else ord(sign) - 65_536}?" for sign in text)


def test_deletions_and_hidden_text_of_rtf_are_left_out():
    numbers = "{\\listtext " + rtf("一、") + "}"
    deleted, hidden = "{\\deleted " + rtf("和市财政局") + "}", "{\\v " + rtf("不公开") + "}"
    body = f"\\pard {numbers}{rtf('审议办法')}\\par {rtf('由市水利局')}{deleted}{rtf('负责')}{hidden}\\par"

    extraction = read_file("a.rtf", f"{{\\rtf1\\ansi\\ansicpg936\\uc1 {body}}}".encode()).extraction

    assert extraction.text.split()[-1] == "由市水利局负责"
    assert {problem.code for problem in extraction.problems} == {"word-deletion", "word-hidden"}


def test_word_files_of_wps_are_word_files():
    assert read_file("a.wps", docx_of(minutes_text())).format == "docx"


HOSTILE = {
    "bytes without end": (b"{\\rtf1\\ansi \\bin2147483647 x}", "LibreOffice 打不开"),
    "groups without end": (b"{\\rtf1" + b"{" * 1_000_000, ""),
    "an ODT that contains a file of the machine": (
        zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
            }
        ),
        "LibreOffice 打不开",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_end_with_a_sentence(kind, refusal):
    content, sentence = HOSTILE[kind]

    assert sentence in refusal("minutes", content)


def test_a_linked_file_is_not_read(tmp_path):
    (tmp_path / "secret.txt").write_text("机密内容", encoding="utf-8")
    field = f'{{\\field{{\\*\\fldinst INCLUDETEXT "{tmp_path}/secret.txt"}}{{\\fldrslt  }}}}'
    content = f"{{\\rtf1\\ansi {field} minutes}}".encode()

    assert "机密内容" not in read_file("a.rtf", content).extraction.text
