"""Files of Word and PDF, good and bad, made of the text that a test gives them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from string import digits
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def content_types(main: str = TEXT_TYPE) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
        '<Override PartName="/word/numbering.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>'
    )


def word_xml(root: str, content: str) -> str:
    return (
        f'<w:{root} xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        f'xmlns:v="urn:schemas-microsoft-com:vml">{content}</w:{root}>'
    )


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Return a ZIP of these parts; deterministic."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def docx_parts(body: str, **others: str) -> dict[str, str | bytes]:
    """Return the parts of a .docx with this XML as body, and others by name.

    Such as numbering, styles, header1.
    """
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": RELATIONS,
        "word/document.xml": word_xml("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations_of(others),
        **{f"word/{name}.xml": content for name, content in others.items()},
    }


def relations_of(names: Iterable[str]) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = [
        f'<Relationship Id="r{place}" Type="{kind}/{name.rstrip(digits)}" Target="{name}.xml"/>'
        for place, name in enumerate(names, start=1)
    ]
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{''.join(relations)}</Relationships>"
    )


def docx(body: str, **others: str) -> bytes:
    return zipped(docx_parts(body, **others))


def docx_of(text: str) -> bytes:
    """Return a .docx with a paragraph for each line."""
    return docx("".join(paragraph(line) for line in text.split("\n")))


def paragraph(text: str = "", properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{words(text)}</w:p>"


def words(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def table(*rows: str, columns: int) -> str:
    grid = '<w:gridCol w:w="2000"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


CHINESE_LISTS = """
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
  <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%4"/><w:isLgl/></w:lvl>
  <w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="hindiVowels"/><w:lvlText w:val="%5）"/></w:lvl>
  <w:lvl w:ilvl="5"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xf06c;"/><w:suff w:val="nothing"/></w:lvl>
  <w:lvl w:ilvl="6"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%7）"/>
    <w:lvlRestart w:val="0"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="Item"/>
  <w:lvlText w:val="第%1项 "/></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="8"><w:abstractNumId w:val="1"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
<w:num w:numId="9"><w:abstractNumId w:val="2"/></w:num>"""
STYLES = """
<w:style w:type="paragraph" w:styleId="Item"><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Derived"><w:basedOn w:val="Item"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>"""


def numbered(text: str, level: int, list_id: int = 7) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def numbered_word_file() -> bytes:
    """Return a .docx with lists, a table, tracked changes and a comment."""
    body = (
        paragraph("常务会议纪要", '<w:pStyle w:val="Item"/>')
        + numbered("审议《云川市河道管理办法》", 0)
        + numbered("原则同意。", 1)
        + f"<w:p>{words('由市水利局')}<w:del w:id='1'><w:r><w:delText>办</w:delText></w:r></w:del></w:p>"
        + f"<w:p><w:ins w:id='2'>{words('负责。')}</w:ins><w:r><w:commentReference w:id='1'/></w:r></w:p>"
        + table(row(paragraph("出席："), paragraph("沈知远")), columns=2)
        + numbered("听取汇报", 0, 8)
    )
    return docx(body, numbering=word_xml("numbering", CHINESE_LISTS), styles=word_xml("styles", STYLES))


def pdf(objects: Iterable[bytes], trailer: bytes = b"") -> bytes:
    """Return a .pdf of these objects, numbered from 1; the first is the catalog."""
    written, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            size,
            table,
            size,
            trailer,
            len(written),
        )
    )


# A font without a file: readers know the characters of this encoding by themselves.
FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts["
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode%b>>\nstream\n%b\nendstream" % (len(packed), entries, packed)


def drawn_lines(lines: list[str]) -> bytes:
    """Return the drawing commands for lines from the top of a page downwards."""
    commands = [b"BT /F1 14 Tf 72 780 Td 22 TL"]
    commands += [b"<%b> Tj T*" % line.encode("utf-16-be").hex().encode() for line in lines]
    return b"\n".join([*commands, b"ET"])


def pdf_of(*pages: list[str]) -> bytes:
    """Return a .pdf with these lines on its pages."""
    return pdf_with(*(stream(drawn_lines(lines)) for lines in pages))


def pdf_with(*contents: bytes, resources: bytes = b"/Font<</F1 3 0 R>>", extra: Iterable[bytes] = ()) -> bytes:
    """Return a .pdf with a page per stream of commands, then extra objects."""
    first = 4
    kids = b" ".join(b"%d 0 R" % (first + 2 * place) for place in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, len(contents)),
        FONT,
    ]
    for place, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<%b>>/Contents %d 0 R>>"
            % (resources, first + 2 * place + 1)
        )
        objects.append(content)
    return pdf([*objects, *extra])


def scanned_pdf(pages: int = 1) -> bytes:
    """Return a .pdf whose pages only have a grey image."""
    picture = 4 + 2 * pages
    return pdf_with(
        *(stream(b"q 595 0 0 842 0 0 cm /I1 Do Q") for _ in range(pages)),
        resources=b"/XObject<</I1 %d 0 R>>" % picture,
        extra=[
            stream(
                b"\x80" * 10_000,
                b"/Type/XObject/Subtype/Image/Width 100/Height 100/ColorSpace/DeviceGray/BitsPerComponent 8",
            )
        ],
    )


def png(width: int = 8, height: int = 8) -> bytes:
    """Return a grey image."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    rows = zlib.compress((b"\x00" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def ole(*names: str) -> bytes:
    """Return the start of an old Office container with entries of these names."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"".join(name.encode("utf-16-le") for name in names)
