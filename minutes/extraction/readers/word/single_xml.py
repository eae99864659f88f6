"""Word files in a single XML file, which office systems export and name .doc.

Both kinds, Flat OPC and the XML of Word 2003, are made into a .docx.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
FLAT = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
TEXT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# What Word 2003 names otherwise: elements, and kinds of annotations.
RENAMED = {"vmerge": "vMerge", "footnote": "footnoteReference", "endnote": "endnoteReference"}
ANNOTATIONS = {
    "Word.Deletion": "del",
    "Word.Insertion": "ins",
    "Word.Comment": "commentReference",
}
AUXILIARY = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
MARKUP = "{http://schemas.microsoft.com/aml/2001/core}"


def zip_of(root: etree._Element) -> bytes:
    """Return a .docx with the XML parts of this file."""
    packed = io.BytesIO()
    types = etree.Element(f"{CONTENT_TYPES}Types")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content_type, part in parts_of(root):
            etree.SubElement(types, f"{CONTENT_TYPES}Override", PartName=f"/{name}", ContentType=content_type)
            archive.writestr(name, etree.tostring(part))
        archive.writestr("[Content_Types].xml", etree.tostring(types))
    return packed.getvalue()


def parts_of(root: etree._Element) -> Iterator[tuple[str, str, etree._Element]]:
    """Yield name, content type and XML of each part."""
    if root.tag != f"{{{WORD_2003}}}wordDocument":
        for part in root.iterfind(f"{FLAT}part"):
            for content in part.iterfind(f"{FLAT}xmlData/*"):
                yield part.get(f"{FLAT}name", "").lstrip("/"), part.get(f"{FLAT}contentType", ""), content
        return
    modernize(root)
    yield "word/document.xml", TEXT_TYPE, root
    for place, content in enumerate(list(root.iter(f"{{{WORD}}}hdr", f"{{{WORD}}}ftr")), start=1):
        yield f"word/header{place}.xml", "", content


def modernize(root: etree._Element) -> None:
    """Rename the elements of Word 2003 to those of a .docx, and write out the numbers of lists."""
    for element in list(root.iter(f"{{{WORD_2003}}}*", f"{MARKUP}annotation")):
        name = etree.QName(element).localname
        kind = ANNOTATIONS.get(element.get(f"{{{WORD_2003}}}type", ""))
        for attribute, value in element.items():
            element.set(attribute.replace(WORD_2003, WORD), value)
        if element.tag != f"{MARKUP}annotation":
            element.tag = f"{{{WORD}}}{RENAMED.get(name, name)}"
        elif kind:
            element.tag = f"{{{WORD}}}{kind}"
        if name == "listPr" and (label := element.find(f"{AUXILIARY}t")) is not None:
            write_number(element, label.get(f"{AUXILIARY}val", ""))


def write_number(list_properties: etree._Element, label: str) -> None:
    """Insert the number of a list that Word 2003 writes beside its properties."""
    paragraph_properties = list_properties.getparent()
    run = etree.Element(f"{{{WORD}}}r")
    etree.SubElement(run, f"{{{WORD}}}t").text = label + (" " if label[-1:].isascii() else "")
    paragraph_properties.addnext(run)
