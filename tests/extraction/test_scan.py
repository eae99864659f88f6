"""Scans are recognized where the libraries are installed; how characters become lines is tested everywhere."""

import pytest

from minutes.extraction import needs
from minutes.extraction.read_file import read_file
from minutes.extraction.readers.recognized_lines import Character, lines_of
from tests.extraction.documents import png, scanned_pdf
from tests.extraction.needed import needs_recognition

pytestmark = pytest.mark.slow


EM = 40


def written(text, top=0, left=0, score=0.99):
    """Return the recognized characters of a line; a full-width space is a gap."""
    places = enumerate(text)
    return [
        Character(sign, score, left + place * EM, top, left + (place + 1) * EM, top + EM)
        for place, sign in places
        if sign != "\u3000"
    ]


def text_of(*lines):
    return [line.text for line in lines_of(character for line in lines for character in line)]


def test_names_that_stand_apart_stay_apart():
    assert text_of(written("沈知远　陆　岚　贺明舟")) == ["沈知远 陆 岚 贺明舟"]


def test_characters_that_touch_or_nearly_do_are_one_word():
    spaced = [character._replace(left=character.left + place * 0.5 * EM, right=character.right + place * 0.5 * EM)
              for place, character in enumerate(written("原则同意"))]  # fmt: skip

    assert text_of(spaced) == ["原则同意"]


def test_the_room_that_punctuation_brings_is_no_blank():
    assert text_of(written("审议　《办法》　，同意")) == ["审议《办法》，同意"]


def test_lines_go_from_top_to_bottom_and_follow_a_page_that_lies_askew():
    first = [each._replace(top=each.top + place * 6, bottom=each.bottom + place * 6)
             for place, each in enumerate(written("会议议定以下意见和办法", top=100))]  # fmt: skip

    assert text_of(written("原则同意", top=190), first, written("常务会议纪要", top=0, left=200)) == [
        "常务会议纪要",
        "会议议定以下意见和办法",
        "原则同意",
    ]


def test_a_line_is_as_certain_as_its_least_certain_letter():
    (line,) = lines_of([*written("同"), *written("意", left=EM, score=0.4), *written("。", left=2 * EM, score=0.1)])

    assert line.score == 0.4


@pytest.fixture
def without_recognition(monkeypatch):
    monkeypatch.setattr(needs, "is_installed", lambda need: False)


@pytest.mark.usefixtures("without_recognition")
@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a"])
def test_a_picture_is_refused_with_what_to_install(name, refusal):
    sentence = refusal(name, png())

    assert "需要文字识别（OCR）" in sentence
    assert "bin/install requirements-ocr.txt" in sentence


@needs_recognition
def test_recognized_text_always_has_to_be_checked(tmp_path):
    page = picture_of(["云川市人民政府常务会议纪要", "出席：沈知远　陆　岚　贺明舟"])
    page.save(tmp_path / "a.png")
    page.save(tmp_path / "a.pdf", resolution=200)

    for name in ("a.png", "a.pdf"):
        found = read_file(name, (tmp_path / name).read_bytes()).extraction

        assert "云川市人民政府常务会议纪要" in found.text
        assert "沈知远 陆 岚 贺明舟" in found.text
        assert found.problems[0].code == "recognized-text"


def picture_of(lines):
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 44, index=2)
    page = Image.new("RGB", (1654, 1000), "white")
    for place, line in enumerate(lines):
        ImageDraw.Draw(page).text((160, 150 + 90 * place), line, font=font, fill="black")
    return page


@needs_recognition
@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("a.pdf", scanned_pdf, "没有识别出文字"),
        ("a.png", png, "没有识别出文字"),
        ("a.png", lambda: png()[:40], "图片已损坏"),
        ("a.png", lambda: png(10_000, 10_000), "图片超过4000万像素"),
    ],
    ids=["scan", "picture", "damaged", "large"],
)
def test_pictures_without_text_are_refused(name, make, sentence, refusal):
    assert sentence in refusal(name, make())
