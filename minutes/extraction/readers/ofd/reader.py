"""Read the visible text of an OFD file (GB/T 33190), in visual order.

Templates are included.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import suppress

import ofdkit
from ofdkit.package import Package

from minutes.extraction.exceptions import MustBeRecognized, UnreadableText
from minutes.extraction.readers.ofd.glyphs import Glyphs, has_marks, name_of, recognize_glyphs
from minutes.extraction.readers.ofd.tables import text_with_tables
from minutes.extraction.results import Extraction, Progress
from minutes.extraction.sandbox.confinement import Limits
from minutes.parser.types import Problem

DAMAGED = "OFD 文件已损坏，或加密，打不开。请用 OFD 阅读器打开，另存为 PDF 再提交。"
NO_TEXT = "OFD 里没有文字，也许只有图片。请用 OFD 阅读器另存为 PDF，按扫描件提交。"
TOO_MANY_PAGES = "OFD 有{pages}页，超过上限{most}页。请拆分后提交。"
DRAWN = ("TextObject", "PageBlock", "CompositeObject", "Layer")
# Wider than a justified line makes its spaces, so the characters are apart on purpose.
GAP = 0.6
MAX_NAMES_SHOWN = 20
# Separates the numbers of unreadable pages.
MAX_PAGES_SHOWN = 20


class VisiblePackage(Package):
    """The package without invisible objects, and with spaces where the page has gaps.

    Characters without Unicode become marks of their glyphs; `fonts` are those of the current document.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.glyphs = Glyphs()
        self.fonts: dict[str, str] = {}

    def read_xml(self, name: str) -> ET.Element:
        root = super().read_xml(name)
        for parent in root.iter():
            if any(is_invisible(child) for child in parent):
                parent[:] = [child for child in parent if not is_invisible(child)]
            if name_of(parent) == "TextObject":
                self.glyphs.mark(parent, self.fonts.get(parent.get("Font", ""), ""))
                split_at_gaps(parent)
        return root

    def fonts_in(self, resources: list[str]) -> dict[str, str]:
        """Return the font files in the resource lists, by font id."""
        fonts = {}
        for part in resources:
            try:
                root = super().read_xml(part)
            except ofdkit.OFDError:
                # ofdkit warns about it when it looks for images there.
                continue
            for font in root.iter():
                files = [child.text or "" for child in font if name_of(child) == "FontFile"]
                if name_of(font) == "Font" and files:
                    places = (f"{root.get('BaseLoc') or '.'}/{files[0].strip()}", files[0])
                    found = next(filter(None, (self.resolve(part, place) for place in places)), "")
                    fonts[font.get("ID", "")] = found
        return fonts


def read_ofd(content: bytes, limits: Limits, progress: Progress, recognizes: bool = False) -> Extraction:
    """Return the text of all documents in the package; report attachments as problems."""
    try:
        with ofdkit.open(content) as document:
            # ofdkit 0.2, which is pinned, offers no other way to modify the XML it reads.
            package = document._package = VisiblePackage(content)
            if len(document.pages) > limits.pages:
                raise UnreadableText(TOO_MANY_PAGES.format(pages=len(document.pages), most=limits.pages))
            extraction = read_pages(document, package, progress)
            if not has_marks(extraction.text):
                return extraction
            if not recognizes:
                raise MustBeRecognized(len(document.pages))
            return recognize_glyphs(extraction, package.glyphs, package.read)
    except ofdkit.OFDError as error:
        raise UnreadableText(DAMAGED) from error


def recognize_ofd(content: bytes, limits: Limits, progress: Progress) -> Extraction:
    """Return the text as `read_ofd` does, recognizing characters without Unicode."""
    return read_ofd(content, limits, progress, recognizes=True)


def read_pages(document: ofdkit.OFDDocument, package: VisiblePackage, progress: Progress) -> Extraction:
    texts, left_out = [], []
    fonts = {body.document_path: package.fonts_in(body.resources) for body in document._bodies}
    for page in document.pages:
        package.fonts = fonts[page._body.document_path]
        try:
            text = text_with_tables(page, roots_of(document, page))
            is_left_out = not text.strip() and (page.location is None or has_picture(document, page))
        except ofdkit.OFDError:
            text, is_left_out = "", True
        if is_left_out:
            left_out.append(page.index + 1)
        texts.append(text)
        progress(page.index + 1, len(document.pages))
    text = "\n".join(texts).strip("\n") + "\n"
    if not text.strip():
        raise UnreadableText(NO_TEXT if document.pages else DAMAGED)
    return Extraction(text, tuple(problems_of(document, left_out)))


def roots_of(document: ofdkit.OFDDocument, page: ofdkit.Page) -> Iterator[ET.Element]:
    """Yield the XML of a page, and of the templates below it, as it is written."""
    if page.location is None:
        return
    root = Package.read_xml(document._package, page.location)
    yield root
    for element in root:
        location = page._body.templates.get(element.get("TemplateID", "").strip())
        if name_of(element) == "Template" and location:
            # ofdkit warns about one that cannot be read.
            with suppress(ofdkit.OFDError):
                yield Package.read_xml(document._package, location)


def problems_of(document: ofdkit.OFDDocument, left_out: list[int]) -> Iterator[Problem]:
    """Yield problems for unreadable pages and parts, and for attachments."""
    if left_out:
        shown = "、".join(map(str, left_out[:MAX_PAGES_SHOWN])) + ("等" if len(left_out) > MAX_PAGES_SHOWN else "")
        yield Problem("pages-left-out", f"OFD 第{shown}页没有文字或已损坏，未收入正文，请核对原件。", None)
    elif document.warnings:
        yield Problem("pages-left-out", "OFD 的部分内容已损坏，未收入正文，请核对原件。", None)
    if names := attachments_of(document):
        shown = "；".join(names[:MAX_NAMES_SHOWN])
        yield Problem("attachments-left-out", f"附件未收入正文，请核对是否需要：{shown}", None)


def attachments_of(document: ofdkit.OFDDocument) -> list[str]:
    """Return the file names of the documents' attachments."""
    names = []
    for body in document._bodies:
        if body.attachments:
            for element in document._package.read_xml(body.attachments).iter():
                if name_of(element) == "Attachment":
                    names.append((element.get("Name") or element.get("ID") or "附件")[:80])
    return names


def has_picture(document: ofdkit.OFDDocument, page: ofdkit.Page) -> bool:
    return any(name_of(element) == "ImageObject" for element in document._package.read_xml(page.location).iter())


def is_invisible(element: ET.Element) -> bool:
    """Return whether an object is hidden, transparent, colourless or a watermark."""
    if name_of(element) not in DRAWN:
        return False
    alpha = element.get("Alpha", "255").strip()
    return (
        element.get("Visible", "true").strip().lower() in ("false", "0")
        or alpha == "0"
        or (element.get("Fill", "true").lower() == "false" and element.get("Stroke", "false").lower() != "true")
        or is_oblique(element)
    )


def is_oblique(element: ET.Element) -> bool:
    """Return whether text is slanted, as watermarks are; rotated by 90° it is text."""
    if name_of(element) != "TextObject":
        return False
    numbers = floats((element.get("CTM") or "").replace(",", " ").split())
    if len(numbers) < 4:
        return False
    a, b = abs(numbers[0]), abs(numbers[1])
    return min(a, b) > 0.1 * max(a, b)


def split_at_gaps(text_object: ET.Element) -> None:
    """Start a new TextCode at wide gaps, which stand for spaces between names."""
    size = (floats([text_object.get("Size", "")]) or [0.0])[0]
    codes = list(text_object)
    if size <= 0 or not any(name_of(code) == "TextCode" and code.get("DeltaX") for code in codes):
        return
    text_object[:] = [piece for code in codes for piece in pieces_of(code, size)]


def pieces_of(code: ET.Element, size: float) -> list[ET.Element]:
    text = code.text or ""
    deltas = expanded(code.get("DeltaX") or "", len(text) - 1)
    steps = [delta - width_of(character, size) for character, delta in zip(text, deltas, strict=False)]
    # All gaps are equal: a heading with letter-spacing, which is one word.
    is_spread = len(steps) == len(text) - 1 and steps and max(steps) - min(steps) < GAP * size
    starts = [place + 1 for place, step in enumerate(steps) if step > GAP * size]
    if name_of(code) != "TextCode" or is_spread or not starts:
        return [code]
    pieces = []
    x = (floats([code.get("X", "0")]) or [0.0])[0]
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        within = deltas[start : max(end - 1, start)]
        attributes = {**code.attrib, "X": repr(x), "DeltaX": " ".join(map(repr, within))}
        piece = ET.Element(code.tag, attributes)
        piece.text = text[start:end]
        pieces.append(piece)
        x += sum(deltas[start:end])
    return pieces


def expanded(written: str, most: int) -> list[float]:
    """Return the distances between characters; `g 3 5` stands for 5 5 5."""
    words, values = written.replace(",", " ").split(), []
    place = 0
    while place < len(words) and len(values) < most:
        if words[place] == "g" and len(numbers := floats(words[place + 1 : place + 3])) == 2:
            values += [numbers[1]] * int(max(0.0, min(numbers[0], most - len(values))))
            place += 3
        else:
            values += floats(words[place : place + 1])
            place += 1
    return values


def floats(words: list[str]) -> list[float]:
    try:
        return [float(word) for word in words]
    except ValueError:
        return []


def width_of(character: str, size: float) -> float:
    return size if character > "\u2e7f" else size * 0.5
