"""The supported formats, and how to detect the format of a file.

Each has a reader in readers/, listed in sandbox/worker.py.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from minutes.extraction.exceptions import UnreadableText


class Need(StrEnum):
    """What must be installed besides requirements.txt to read a format."""

    LIBREOFFICE = "LibreOffice"
    RECOGNITION = "文字识别"


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its key in the database, its Chinese name, and its file extensions."""

    key: str
    label: str
    endings: tuple[str, ...]
    # Extensions of other formats that files of this one also have: office systems export HTML as .doc.
    also_named: tuple[str, ...] = ()
    needs: Need | None = None

    def may_be_named(self, ending: str) -> bool:
        return ending in self.endings or ending in self.also_named


TEXT = Format("text", "纯文本", (".txt",))
HTML = Format("html", "网页", (".html", ".htm", ".shtml", ".xhtml"), (".doc", ".wps", ".mht", ".mhtml"))
MHT = Format("mht", "单个文件网页（MHT）", (".mht", ".mhtml"), (".doc", ".wps", ".html", ".htm"))
DOCX = Format("docx", "Word 文件（.docx）", (".docx",), (".doc", ".wps"))
DOC = Format("doc", "旧版 Word 文件（.doc）", (".doc", ".wps"), needs=Need.LIBREOFFICE)
RTF = Format("rtf", "RTF 文件", (".rtf",), (".doc", ".wps"), needs=Need.LIBREOFFICE)
ODT = Format("odt", "OpenDocument 文件", (".odt",), needs=Need.LIBREOFFICE)
OFD = Format("ofd", "OFD 版式文件", (".ofd",))
PDF = Format("pdf", "PDF 文件", (".pdf",))
PICTURE = Format("picture", "图片", (".png", ".jpg", ".jpeg"), needs=Need.RECOGNITION)
ZIP = Format("zip", "压缩包（ZIP）", (".zip",))
FORMATS = (TEXT, HTML, MHT, DOCX, DOC, RTF, ODT, OFD, PDF, PICTURE, ZIP)
FORMATS_BY_KEY = {each.key: each for each in FORMATS}
ENDINGS = tuple(dict.fromkeys(ending for each in FORMATS for ending in each.endings))

# An office document has some twenty parts, plus one per image; a year of minutes has hundreds of files.
MAX_ZIP_ENTRIES = 5_000
SIGNATURES = [
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n\x1a\n", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
]
ZIP_SIGNATURE = b"PK\x03\x04"
ZIP_DIRECTORY_ENTRY = b"PK\x01\x02"
# The container of old Office files, and of an encrypted .docx. Its directory has names in UTF-16.
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
# Other programs that use it, by a name in the directory. A mail comes first, because a Word file may be attached to it.
OTHER_CONTAINERS = [
    ("__properties_version1.0", "这是 Outlook 邮件（.msg），不是纪要文件。请把邮件里的纪要另存出来再提交。"),
    ("EncryptedPackage", "文件有密码保护。请在 Word 中取消密码后另存，再提交。"),
]
WITHOUT_WORD = [
    ("Workbook", "这是 Excel 表格（.xls），不是 Word 文件。请把纪要另存为 .docx。"),
    ("PowerPoint Document", "这是 PowerPoint 演示文稿（.ppt），不是 Word 文件。请把纪要另存为 .docx。"),
]
REFUSED_SIGNATURES = [
    (b"PK\x05\x06", "空的压缩包", "请上传纪要文件本身"),
    (b"Rar!", "RAR 压缩包", "请解压后上传，或改用 ZIP"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", "请解压后上传，或改用 ZIP"),
    (b"\x1f\x8b", "压缩包", "请解压后上传，或改用 ZIP"),
    (b"II*\x00", "TIFF 图片", "请另存为 PNG 或 PDF"),
    (b"MM\x00*", "TIFF 图片", "请另存为 PNG 或 PDF"),
    (b"GIF8", "GIF 图片", "请另存为 PNG 或 PDF"),
    (b"MZ", "程序", "请上传纪要文件"),
    (b"\x7fELF", "程序", "请上传纪要文件"),
]
# A mailed or downloaded PDF can have a few bytes before its header; readers search the first 1,024.
PDF_HEAD_WITHIN = 1024
# A saved page may begin with comments and declarations.
HTML_HEAD_WITHIN = 100_000
MAIL_HEAD_WITHIN = 8_192
# <!DOCTYPE html>  ·  <meta charset="utf-8">  ·  <?xml version="1.0"?>  ·  #!/bin/sh
MARKUP_OR_SCRIPT = re.compile(rb"\s*(?:<[!?a-z]|#!)", re.I)
# <html lang="zh">  ·  <p class="MsoNormal">  ·  <table>
HTML_TAG = re.compile(rb"<(?:html|body|div|p|table|section|article|h[1-6])[\s>]", re.I)
# Word files of one XML file; "w:WordDocument" in a saved page is none:
# <pkg:package xmlns:pkg="…">  ·  <w:wordDocument xmlns:w="…">
WORD_XML = re.compile(rb"<(?:pkg:package|w:wordDocument)\s")
# <?php echo 1; ?>  ·  #!/bin/sh
SCRIPT = re.compile(rb"\s*(?:<\?php|<\?=|#!)", re.I)
# MIME-Version: 1.0  ·  From: <Saved by Blink>
MAIL_HEAD = re.compile(rb"\s*[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]?\S")
# Content-Type: multipart/related;  ·  Content-Type: text/html; charset="gb2312"
MAIL_OF_A_PAGE = re.compile(rb"^content-type:\s*(?:multipart/|text/html)", re.I | re.M)
# A mail has a sender and a recipient or a way; a saved page has no recipient:
# From: office@yunchuan.example · To: archive@yunchuan.example · Received: from mail.yunchuan.example
LINES_OF_A_MAIL = (re.compile(rb"^from:", re.I | re.M), re.compile(rb"^(?:to|received|message-id):", re.I | re.M))
END_OF_MAIL_HEAD = re.compile(rb"\r?\n\r?\n")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    ("\ufeff".encode("gb18030"), "gb18030"),
)


def detect_format(name: str, content: bytes) -> Format:
    """Detect the format from content; a contradicting extension is an error."""
    ending = PurePath(name).suffix.lower()
    found = format_of_content(content, ending)
    if ending in ENDINGS and not found.may_be_named(ending):
        ending = PurePath(name).suffix
        raise UnreadableText(f"文件名以 {ending} 结尾，内容却是“{found.label}”。请确认文件，改成正确的后缀名再提交。")
    return found


def format_of_content(content: bytes, ending: str) -> Format:
    """Detect the format by the first bytes; raise `UnreadableText` if unsupported."""
    if not content.strip():
        raise UnreadableText("文件是空的。")
    for signature, found in SIGNATURES:
        if content.startswith(signature):
            return found
    if content.startswith(ZIP_SIGNATURE):
        return format_of_zip(content, ending)
    if content.startswith(OLE_SIGNATURE):
        return format_of_ole(content)
    for signature, label, advice in REFUSED_SIGNATURES:
        if content.startswith(signature):
            raise UnreadableText(f"这是{label}，不能收录。{advice}。")
    head = ascii_head(content)
    if MARKUP_OR_SCRIPT.match(head):
        return format_of_markup(head)
    if MAIL_HEAD.match(head):
        mail_head = END_OF_MAIL_HEAD.split(head[:MAIL_HEAD_WITHIN], maxsplit=1)[0]
        if all(line.search(mail_head) for line in LINES_OF_A_MAIL):
            raise UnreadableText("这是电子邮件，不是纪要文件。请把邮件里的纪要（附件或正文）另存出来再提交。")
        if MAIL_OF_A_PAGE.search(head[:MAIL_HEAD_WITHIN]):
            return MHT
    if b"%PDF-" in content[:PDF_HEAD_WITHIN]:
        return PDF
    return TEXT


def ascii_head(content: bytes) -> bytes:
    """Return the start of a text without byte order mark, with its ASCII readable."""
    head = content[:HTML_HEAD_WITHIN]
    for mark, encoding in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            head = head[len(mark) :]
            return head.decode(encoding, "replace").encode() if encoding.startswith("utf-16") else head
    return head


def format_of_markup(head: bytes) -> Format:
    """Distinguish web pages and Word files of one XML file from scripts and other XML files."""
    if WORD_XML.search(head):
        return DOCX
    if not SCRIPT.match(head) and HTML_TAG.search(head):
        return HTML
    raise UnreadableText("这是脚本或程序代码，不是纪要文件。请上传保存下来的网页、Word 文件或纯文本。")


def format_of_zip(content: bytes, ending: str) -> Format:
    """Distinguish Word, OpenDocument and OFD files from archives of several files."""
    if content.count(ZIP_DIRECTORY_ENTRY) > MAX_ZIP_ENTRIES:
        raise UnreadableText(f"压缩包里有超过 {MAX_ZIP_ENTRIES} 个文件，可能是恶意文件。请分成几个压缩包再提交。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100] if is_small(archive, "mimetype") else b""
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OverflowError, OSError, RuntimeError):
        # Damaged: the reader of the format indicated by its extension reports that.
        return next((each for each in (OFD, ODT, ZIP) if ending in each.endings), DOCX)
    if "[Content_Types].xml" in names:
        # Includes Excel and PowerPoint, which the reader of Word files reports by name.
        return DOCX
    if any(name.upper() == "OFD.XML" for name in names):
        return OFD
    if kind.startswith(b"application/vnd.oasis.opendocument."):
        if b".opendocument.text" not in kind:
            raise UnreadableText("这是 OpenDocument 表格或演示文稿，不是文字文件。请把纪要另存为 .odt 或 .docx。")
        return ODT
    return ZIP


def is_small(archive: zipfile.ZipFile, name: str) -> bool:
    return name in archive.namelist() and archive.getinfo(name).file_size <= 1_000


def format_of_ole(content: bytes) -> Format:
    """Return the format of an old Office container with an unencrypted Word text."""
    has_word = "WordDocument".encode("utf-16-le") in content
    for name, reason in OTHER_CONTAINERS if has_word else (*OTHER_CONTAINERS, *WITHOUT_WORD):
        if name.encode("utf-16-le") in content:
            raise UnreadableText(reason)
    if not has_word:
        raise UnreadableText(
            "这是旧版 Office 文件，但不是 Word 文档；WPS 2000 和 Works 的文件也不能读取。请用 WPS 打开，另存为 .docx。"
        )
    return DOC
