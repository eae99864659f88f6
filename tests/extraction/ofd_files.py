"""OFD files of invented minutes: packages of XML, drawn character by character as offices' programs do."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from tests.extraction.documents import zipped

NAMESPACE = "http://www.ofdspec.org/2016"
WIDTH, HEIGHT, SIZE = 210, 297, 5
CHARACTERS_OF_A_LINE = 30
LINES_OF_A_PAGE = 25


def text_object(text: str, x: float, y: float, size: float = SIZE, deltas: str = "", attributes: str = "") -> str:
    """Text whose baseline is at y, millimetres from the top."""
    deltas = deltas or f"g {max(len(text) - 1, 1)} {size}"
    return (
        f'<ofd:TextObject ID="{int(100 * x + y)}" Boundary="{x} {y - size} {len(text) * size} {2 * size}" '
        f'Font="1" Size="{size}" {attributes}>'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{deltas}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def visual_lines(text: str) -> list[str]:
    """Return the lines as printed: wrapped, with the first line indented."""
    lines = []
    # What is drawn far to the right is no row of blanks.
    for paragraph in filter(None, re.sub(" {3,}", "  ", text).split("\n")):
        while len(paragraph) > CHARACTERS_OF_A_LINE:
            lines.append(paragraph[:CHARACTERS_OF_A_LINE])
            paragraph = paragraph[CHARACTERS_OF_A_LINE:]
        lines.append(paragraph)
    return lines


def page_xml(objects: str, template: bool = False, namespace: str = NAMESPACE) -> str:
    used = '<ofd:Template TemplateID="9"/>' if template else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page xmlns:ofd="{namespace}">{used}'
        f'<ofd:Content><ofd:Layer ID="2">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def drawn(lines: list[str]) -> list[str]:
    """Return the objects of each page for these lines from top to bottom."""
    pages = [lines[start : start + LINES_OF_A_PAGE] for start in range(0, len(lines), LINES_OF_A_PAGE)]
    return ["".join(text_object(line, 20, 30 + 9 * place) for place, line in enumerate(page)) for page in pages]


def document_parts(
    pages: list[str], folder: str = "Doc_0", absolute: bool = False, template: str = "", namespace: str = NAMESPACE,
    attachments: str = "", font: bytes = b"",
) -> dict[str, str | bytes]:  # fmt: skip
    """One document of a package, its pages given by their objects."""
    base = f"/{folder}/" if absolute else ""
    parts: dict[str, str | bytes] = {
        f"{folder}/Pages/Page_{number}/Content.xml": page_xml(objects, bool(template), namespace)
        for number, objects in enumerate(pages)
    }
    places = "".join(
        f'<ofd:Page ID="{number + 10}" BaseLoc="{base}Pages/Page_{number}/Content.xml"/>'
        for number in range(len(pages))
    )
    common = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH} {HEIGHT}</ofd:PhysicalBox></ofd:PageArea>"
    if template:
        common += f'<ofd:TemplatePage ID="9" BaseLoc="{base}Tpls/Tpl_0/Content.xml"/>'
        parts[f"{folder}/Tpls/Tpl_0/Content.xml"] = page_xml(template, namespace=namespace)
    if font:
        common += "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        parts[f"{folder}/Res/font.otf"] = font
        parts[f"{folder}/PublicRes.xml"] = (
            f'<ofd:Res xmlns:ofd="{namespace}" BaseLoc="Res"><ofd:Fonts><ofd:Font ID="1" FontName="f">'
            "<ofd:FontFile>font.otf</ofd:FontFile></ofd:Font></ofd:Fonts></ofd:Res>"
        )
    attached = ""
    if attachments:
        attached = "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"
        parts[f"{folder}/Attachs/Attachments.xml"] = (
            f'<ofd:Attachments xmlns:ofd="{namespace}"><ofd:Attachment ID="1" Name="{attachments}" Format="xlsx">'
            "<ofd:FileLoc>a.xlsx</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"
        )
    parts[f"{folder}/Document.xml"] = (
        f'<ofd:Document xmlns:ofd="{namespace}"><ofd:CommonData>{common}</ofd:CommonData>'
        f"<ofd:Pages>{places}</ofd:Pages>{attached}</ofd:Document>"
    )
    return parts


def package(*folders: str, namespace: str = NAMESPACE) -> dict[str, str]:
    bodies = "".join(
        f"<ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>"
        f"<ofd:DocRoot>{folder}/Document.xml</ofd:DocRoot></ofd:DocBody>"
        for folder in folders or ("Doc_0",)
    )
    return {"OFD.xml": f'<ofd:OFD xmlns:ofd="{namespace}" Version="1.0" DocType="OFD">{bodies}</ofd:OFD>'}


def ofd(pages: list[str], **options: object) -> bytes:
    """Return an OFD file whose pages have these objects."""
    namespace = str(options.get("namespace", NAMESPACE))
    return zipped({**package(namespace=namespace), **document_parts(pages, **options)})


def ofd_of(text: str, **options: object) -> bytes:
    """Return an OFD file with a text."""
    return ofd(drawn(visual_lines(text)), **options)
