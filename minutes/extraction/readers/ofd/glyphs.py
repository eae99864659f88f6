"""Recognize OFD characters without Unicode, which only have a glyph in a font."""

from __future__ import annotations

import ctypes
import re
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.readers.scan import MAX_UNSURE_LINES, MIN_CERTAINTY, recognition_engine
from minutes.extraction.results import Extraction
from minutes.parser.types import Problem, Span

if TYPE_CHECKING:
    from PIL.Image import Image

WITHOUT_FONT = (
    "OFD 里有{count}个字没有通用编码（字体自造），文件里也没有可用的字体，无法识别。"
    "请用 OFD 阅读器打印成 PDF，按扫描件提交，或提交原来的 Word 文件。"
)
RECOGNIZED = "{count}个字在 OFD 里没有通用编码，由文字识别（OCR）得到，可能有错字，请与原件核对。"
UNSURE = "这里有识别不确定的字，请与原件核对。"
UNKNOWN = "□"
# Characters in place of glyphs that only the file's own font defines.
WITHOUT_UNICODE = re.compile("[\ue000-\uf8ff\U00035000-\U0010ffff]")
# Characters that some producers write instead when they also give the glyph.
INSTEAD_OF_A_CHARACTER = "¤\ufffd"
# Each glyph is represented by such a character until the lines are arranged: never assigned in Unicode, and as wide
# as a Chinese character.
FIRST_MARK, LAST_MARK = 0x35000, 0x3FFFD
MARKS = re.compile(f"[{chr(FIRST_MARK)}-{chr(LAST_MARK)}]{{1,30}}")
# Size of a character in pixels; recognition expects lines 48 pixels high.
EM = 40
CELL = 48


class Glyph(NamedTuple):
    """A glyph of a font file, by its number in the font or by its private code."""

    font: str
    number: int | None
    code: str


class Recognized(NamedTuple):
    sign: str
    score: float


class Glyphs:
    """The glyphs without Unicode, each with the mark that represents it in the text."""

    def __init__(self) -> None:
        self.by_mark: dict[str, Glyph] = {}
        self.marks: dict[Glyph, str] = {}

    def mark_of(self, glyph: Glyph) -> str:
        if glyph not in self.marks:
            if len(self.marks) > LAST_MARK - FIRST_MARK:
                raise UnreadableText("OFD 里没有通用编码的字过多，可能是恶意文件。请用 OFD 阅读器打印成 PDF 再提交。")
            mark = self.marks[glyph] = chr(FIRST_MARK + len(self.marks))
            self.by_mark[mark] = glyph
        return self.marks[glyph]

    def mark(self, text_object: ET.Element, font: str) -> None:
        """Replace the characters of a text object without Unicode by marks."""
        numbers = glyph_numbers(text_object)
        codes = [child for child in text_object if name_of(child) == "TextCode"]
        if numbers and not any(code.text for code in codes):
            codes = codes or [ET.SubElement(text_object, "TextCode", {"X": "0", "Y": "0"})]
            codes[0].text = "\ufffd" * (max(numbers) + 1)
        place = 0
        for code in codes:
            characters = list(code.text or "")
            for at, character in enumerate(characters, start=place):
                number = numbers.get(at)
                if WITHOUT_UNICODE.match(character) or (number is not None and character in INSTEAD_OF_A_CHARACTER):
                    characters[at - place] = self.mark_of(Glyph(font, number, character))
            place += len(characters)
            code.text = "".join(characters)


def glyph_numbers(text_object: ET.Element) -> dict[int, int]:
    """Return glyph numbers by offset, where characters and glyphs map one to one."""
    numbers: dict[int, int] = {}
    for transform in text_object:
        if name_of(transform) != "CGTransform":
            continue
        written = "".join(child.text or "" for child in transform if name_of(child) == "Glyphs").split()
        start = transform.get("CodePosition", "0")
        is_one_to_one = transform.get("CodeCount", "1") == transform.get("GlyphCount", "1") == str(len(written))
        if is_one_to_one and all(word.isdecimal() and len(word) <= 5 for word in (start, *written)):
            numbers.update(enumerate(map(int, written), start=int(start)))
    return numbers


def has_marks(text: str) -> bool:
    return MARKS.search(text) is not None


def recognize_glyphs(extraction: Extraction, glyphs: Glyphs, read_part: Callable[[str], bytes]) -> Extraction:
    """Return the text with glyphs recognized, and a problem for each uncertain one."""
    pictures = pictures_of(extraction.text, glyphs, read_part)
    signs = signs_of(MARKS.findall(extraction.text), pictures)
    count = sum(character in signs for character in extraction.text)
    text = "".join(signs[each].sign if each in signs else each for each in extraction.text)
    unsure = [
        Problem("recognized-unsure", UNSURE, Span(*stretch.span()))
        for stretch in MARKS.finditer(extraction.text)
        if any(signs[mark].score < MIN_CERTAINTY for mark in stretch[0])
    ]
    notice = Problem("recognized-text", RECOGNIZED.format(count=count), None)
    return replace(extraction, text=text, problems=(notice, *extraction.problems, *unsure[:MAX_UNSURE_LINES]))


def signs_of(stretches: list[str], pictures: dict[str, Image]) -> dict[str, Recognized]:
    """Return for each glyph the sign with the highest score over all occurrences.

    In isolation, 。 looks like 0. The score is the mean over all occurrences; where another sign was read, it counts
    0.
    """
    engine = recognition_engine()
    scores: dict[str, Counter[str]] = defaultdict(Counter)
    for stretch in stretches:
        characters = recognize_stretch([pictures[mark] for mark in stretch], engine)
        for mark, character in zip(stretch, characters, strict=True):
            scores[mark][character.sign] += character.score
    places = Counter("".join(stretches))
    best = {mark: scores[mark].most_common(1)[0] for mark in places}
    return {mark: Recognized(sign, score / places[mark]) for mark, (sign, score) in best.items()}


def recognize_stretch(pictures: list[Image], engine: Any) -> list[Recognized]:
    """Return a character for each picture, read as one line.

    Where the line has more or fewer characters, each picture is read by itself.
    """
    drawn = [picture for picture in pictures if picture.getextrema()[0] != 255]
    signs = recognize_line(drawn, engine)
    if len(signs) != len(drawn):
        alone = [recognize_line([picture], engine) for picture in drawn]
        signs = [each[0] if len(each) == 1 else Recognized(UNKNOWN, 0.0) for each in alone]
    found = iter(signs)
    return [next(found) if picture.getextrema()[0] != 255 else Recognized(" ", 1.0) for picture in pictures]


def recognize_line(pictures: list[Image], engine: Any) -> list[Recognized]:
    import numpy
    from PIL import Image

    if not pictures:
        return []
    line = Image.new("RGB", (CELL * (len(pictures) + 1), CELL), "white")
    for place, picture in enumerate(pictures):
        line.paste(picture, (CELL // 2 + place * CELL, 0))
    result = engine(numpy.asarray(line), use_det=False, use_cls=False, use_rec=True)
    signs = "".join("".join(result.txts or ()).split())
    (words,) = result.word_results or (None,)
    scores = list(words.confs) if words is not None else []
    if len(scores) != len(signs):
        scores = [min(result.scores or (0.0,))] * len(signs)
    return [Recognized(sign, float(score)) for sign, score in zip(signs, scores, strict=True)]


def pictures_of(text: str, glyphs: Glyphs, read_part: Callable[[str], bytes]) -> dict[str, Image]:
    """Draw each glyph of the text; raise `UnreadableText` for a bad or missing font."""
    import pypdfium2

    used = {mark for stretch in MARKS.findall(text) for mark in stretch}
    pictures: dict[str, Image] = {}
    with pypdfium2.PdfDocument.new() as document:
        for font in {glyphs.by_mark[mark].font for mark in used} - {""}:
            if loaded := load_font(document, read_part(font)):
                pictures.update(draw(document, loaded, {m: g for m, g in glyphs.by_mark.items() if g.font == font}))
    if without := sum(mark not in pictures for stretch in MARKS.findall(text) for mark in stretch):
        raise UnreadableText(WITHOUT_FONT.format(count=without))
    return pictures


def load_font(document: Any, content: bytes) -> Any:
    from pypdfium2 import raw

    written = (ctypes.c_ubyte * len(content)).from_buffer_copy(content)
    return raw.FPDFText_LoadFont(document.raw, written, len(content), raw.FPDF_FONT_TRUETYPE, 1)


def draw(document: Any, font: Any, glyphs: dict[str, Glyph]) -> Iterator[tuple[str, Image]]:
    """Yield a picture of each glyph, with a margin around it."""
    from pypdfium2 import raw

    for mark, glyph in glyphs.items():
        page = document.new_page(CELL, CELL)
        shown = raw.FPDFPageObj_CreateTextObj(document.raw, font, EM)
        if glyph.number is not None:
            raw.FPDFText_SetCharcodes(shown, (ctypes.c_uint * 1)(glyph.number), 1)
        else:
            units = glyph.code.encode("utf-16-le") + b"\0\0"
            raw.FPDFText_SetText(shown, (ctypes.c_ushort * (len(units) // 2)).from_buffer_copy(units))
        # The baseline is a fifth of the character's height above its bottom.
        raw.FPDFPageObj_Transform(shown, 1, 0, 0, 1, (CELL - EM) / 2, CELL * 0.22)
        raw.FPDFPage_InsertObject(page.raw, shown)
        raw.FPDFPage_GenerateContent(page.raw)
        yield mark, page.render(scale=1).to_pil().convert("L")
        page.close()


def name_of(element: ET.Element) -> str:
    """Return the local name of an element; namespaces come with and without /2016."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
