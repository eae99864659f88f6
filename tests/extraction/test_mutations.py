"""Ten thousand files that are nearly right: each is read or refused, and none brings anything down.

Every mutation comes from its number alone, so that one that fails can be made again.
"""

import random
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest

from minutes.extraction import needs
from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.read_file import read_file
from minutes.extraction.readers.text import decode
from minutes.extraction.readers.word.docx import read_docx
from minutes.extraction.results import no_progress
from minutes.extraction.sandbox.confinement import Limits
from minutes.parser.pipeline import parse
from tests.extraction.documents import numbered_word_file, pdf_of, zipped
from tests.minutes_text import minutes_text, text_with_item

pytestmark = pytest.mark.slow


PARTS = 10
LIMITS = Limits(file_bytes=1_000_000, pages=10, memory=512_000_000, cpu_seconds=5, seconds=20)
LINES = minutes_text().split("\n")
FILES_OF_TEXT = [
    text_with_item("（一）原则同意《云川市节水办法》，由市水利局牵头，务必于今年12月底前完成。").encode(),
    minutes_text().encode("gb18030"),
    minutes_text().encode("utf-16"),
]


ODD = ["\0", "\ufeff", "（", "》", "《", "〔", "一、", "\u202e", "９９", "\n" * 9, "2021年13月45日", "第零次"]
ODD_VALUES = [b"", b"0", b"-1", b"99999999999", "九".encode(), b"%1%2%9"]


def mutated(content, chance):
    """Return the content with a few bytes changed, lost, doubled or moved."""
    content = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        place, length = chance.randrange(len(content) + 1), chance.choice([1, 1, 1, 2, 3, 40])
        match chance.randrange(5):
            case 0:
                content[place : place + length] = chance.randbytes(length)
            case 1:
                del content[place : place + length]
            case 2:
                content[place:place] = content[place : place + length] * chance.randint(1, 5)
            case 3:
                content[place:place] = chance.choice(ODD).encode()
            case 4:
                content = content[:place] if chance.random() < 0.1 else content[place:] + content[:place]
        content = content or bytearray(b" ")
    return bytes(content)


def mutated_text(content, chance):
    """Half of the texts are changed by characters, and stay text."""
    if chance.random() < 0.5:
        return mutated(content, chance)
    characters = list(FILES_OF_TEXT[0].decode())
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(characters))
        match chance.randrange(3):
            case 0:
                characters[place] = chance.choice(ODD)
            case 1:
                del characters[place : place + chance.choice([1, 2, 30])]
            case 2:
                other = chance.randrange(len(characters))
                characters[place], characters[other] = characters[other], characters[place]
        characters = characters or [" "]
    return "".join(characters).encode()


@pytest.mark.parametrize("part", range(PARTS))
def test_texts(part):
    read = 0
    for number in range(part, 8_160, PARTS):
        chance = random.Random(number)
        content = mutated_text(chance.choice(FILES_OF_TEXT), chance)
        try:
            parsed = parse(decode(content).text)
        except UnreadableText:
            continue
        except Exception as error:
            pytest.fail(f"text {number}: {error!r}")
        read += bool(parsed.items)
    assert read > 100


def test_word_files_in_this_process():
    """By their XML, so that most of them get past the zip."""
    parts = dict(parts_of(numbered_word_file()))
    read = 0
    for number in range(1_600):
        chance = random.Random(number)
        name = chance.choice(["word/document.xml", "word/document.xml", "word/numbering.xml", "word/styles.xml"])
        xml = mutated(parts[name], chance) if chance.random() < 0.3 else shuffled(parts[name], chance)
        try:
            found = read_docx(zipped(parts | {name: xml}), LIMITS, no_progress)
        except UnreadableText:
            continue
        except Exception as error:
            pytest.fail(f"Word {number}: {error!r}")
        read += bool(found.text)
    assert read > 500


def parts_of(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def shuffled(xml, chance):
    """Return well-formed XML with some names and values swapped."""
    pieces = xml.split(b'"')
    for _ in range(chance.randint(1, 6)):
        one, other = (chance.randrange(1, len(pieces), 2) for _ in range(2))
        pieces[one], pieces[other] = pieces[other], pieces[one]
        pieces[chance.randrange(1, len(pieces), 2)] = chance.choice(ODD_VALUES)
    xml = b'"'.join(pieces)
    for one, other in [(b"w:del>", b"w:ins>"), (b"w:tc>", b"w:tr>"), (b"w:p>", b"w:r>"), (b"w:lvl ", b"w:num ")]:
        if chance.random() < 0.1:
            xml = xml.replace(one, b"\0").replace(other, one).replace(b"\0", other)
    return xml


WHOLE_FILES = {
    "a.docx": numbered_word_file(),
    "a.pdf": pdf_of(LINES[:12], LINES[12:]),
}


# Of a zip hardly a byte can change without its sum showing it.
MIN_READ = {"a.docx": 1, "a.pdf": 18}


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_whole_files_in_the_sandbox(name, monkeypatch):
    monkeypatch.setattr(needs, "is_installed", lambda need: False)

    def reason_not_to_read(number):
        try:
            read_file(name, mutated(WHOLE_FILES[name], random.Random(number)))
        except UnreadableText as refused:
            return refused.reason
        return ""

    with ThreadPoolExecutor(2) as both_processors:
        reasons = list(both_processors.map(reason_not_to_read, range(120)))

    assert reasons.count("") >= MIN_READ[name]
    # What nobody foresaw is refused too, with the name of its error.
    assert [(number, reason) for number, reason in enumerate(reasons) if "或内容无法识别（" in reason] == []
