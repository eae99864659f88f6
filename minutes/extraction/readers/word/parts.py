"""The XML parts of a .docx; nothing else in the ZIP is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from posixpath import join, normpath

from lxml import etree

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.readers.word.single_xml import TEXT_TYPE, zip_of

WORDS_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DAMAGED = "Word 文件已损坏，解不开。请用 Word 打开后另存为 .docx，再提交。"
TWICE = "Word 文件里有两份正文，分不清哪一份有效。请用 Word 打开核对后另存为 .docx，再提交。"
BOMB = "Word 文件展开后过大，可能是恶意文件。请用 Word 打开核对后另存，再提交。"
TEMPLATE_TYPE = TEXT_TYPE.replace("document.main", "template.main")
ZIP_SIGNATURE = b"PK"
# Other formats in a ZIP, recognized by the name of a member.
OTHER_ZIPS = [
    ("xl/workbook.xml", "这是 Excel 表格，不是 Word 文件。请把纪要另存为 .docx。"),
    ("ppt/presentation.xml", "这是 PowerPoint 演示文稿，不是 Word 文件。请把纪要另存为 .docx。"),
]


class DocxParts:
    """The parts by name.

    Raise `UnreadableText` if this is not a Word file, or may be harmful.
    """

    def __init__(self, content: bytes, most_bytes: int) -> None:
        self.left = most_bytes
        if not content.startswith(ZIP_SIGNATURE):
            content = zip_of(parsed(content))
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise UnreadableText(DAMAGED) from error
        # Some programs write the names as Windows does: word\\document.xml.
        self.members = {each.filename.replace("\\", "/"): each for each in self.zip.infolist()}
        self.names = set(self.members)
        self.refuse_what_is_no_text()
        if sum(each.filename.replace("\\", "/") == self.text_name() for each in self.zip.infolist()) > 1:
            raise UnreadableText(TWICE)

    def refuse_what_is_no_text(self) -> None:
        for name, reason in OTHER_ZIPS:
            if name in self.names:
                raise UnreadableText(reason)
        if "[Content_Types].xml" not in self.names:
            raise UnreadableText("这是压缩包，不是 Word 文件。请解压后逐个上传其中的纪要。")
        if any(name.lower().endswith("vbaproject.bin") for name in self.names):
            raise UnreadableText("这是带宏的 Word 文件（.docm），不能收录。请另存为 .docx 再提交。")
        types = self.part("[Content_Types].xml")
        declared = {each.get("ContentType", "") for each in types.iter("{*}Override", "{*}Default")}
        if any("macroEnabled" in each for each in declared):
            raise UnreadableText("这是带宏的 Word 文件（.docm），不能收录。请另存为 .docx 再提交。")
        if declared.isdisjoint((TEXT_TYPE, TEMPLATE_TYPE)):
            raise UnreadableText("这不是 Word 文件（.docx），或文件已损坏。请用 Word 另存为 .docx 再提交。")

    def text_name(self) -> str:
        """Return the name of the main part, which is nearly always word/document.xml."""
        if "_rels/.rels" in self.names:
            for relation in self.part("_rels/.rels").iter("{*}Relationship"):
                if relation.get("Type", "").endswith("/officeDocument"):
                    return normpath(join("/", relation.get("Target", ""))).lstrip("/")
        return "word/document.xml"

    def beside_text(self, name: str) -> etree._Element | None:
        """Return a part in the main part's folder (such as styles.xml), or None."""
        name = join(self.text_name().rpartition("/")[0], name)
        return self.part(name) if name in self.names else None

    def part(self, name: str) -> etree._Element:
        return parsed(self.unpacked(name))

    def unpacked(self, name: str) -> bytes:
        """Return the bytes of a part, limited by the bytes unpacked.

        The size declared in the ZIP is not trusted.
        """
        try:
            if self.members[name].compress_type not in WORDS_COMPRESSIONS:
                raise UnreadableText(DAMAGED)
            with self.zip.open(self.members[name]) as part:
                unpacked = part.read(self.left + 1)
        except RuntimeError as error:
            raise UnreadableText("Word 文件有密码保护。请取消密码后另存，再提交。") from error
        except (KeyError, zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise UnreadableText(DAMAGED) from error
        self.left -= len(unpacked)
        if self.left < 0:
            raise UnreadableText(BOMB)
        return unpacked


def parsed(xml: bytes) -> etree._Element:
    """Parse XML without entities and external resources."""
    reads_nothing_else = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    try:
        root = etree.fromstring(xml, etree.XMLParser(**reads_nothing_else, remove_comments=True, remove_pis=True))
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise UnreadableText(DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableText("Word 文件里有 Word 从不写入的声明（DOCTYPE），可能是恶意文件。")
    return root
