"""What a file is, told by its content; its name can only contradict."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from minutes.extraction.exceptions import UnreadableText


class Format(StrEnum):
    TEXT = "text"
    DOCX = "docx"
    DOC = "doc"
    PDF = "pdf"
    PICTURE = "picture"


NAMES = {
    Format.TEXT: "纯文本",
    Format.DOCX: "Word 文件（.docx）",
    Format.DOC: "旧版 Word 文件（.doc）",
    Format.PDF: "PDF 文件",
    Format.PICTURE: "图片",
}
ENDINGS = {
    ".txt": Format.TEXT,
    ".docx": Format.DOCX,
    ".doc": Format.DOC,
    ".pdf": Format.PDF,
    ".png": Format.PICTURE,
    ".jpg": Format.PICTURE,
    ".jpeg": Format.PICTURE,
}
SIGNATURES = [
    (b"%PDF-", Format.PDF),
    (b"PK\x03\x04", Format.DOCX),
    (b"\x89PNG\r\n\x1a\n", Format.PICTURE),
    (b"\xff\xd8\xff", Format.PICTURE),
]
# The container of old Office files; an encrypted .docx is one too. It lists what it holds by names in UTF-16.
OLE = b"\xd0\xcf\x11\xe0"
REFUSED_SIGNATURES = [
    (b"{\\rtf", "RTF 文件", "请用 Word 另存为 .docx"),
    (b"PK\x05\x06", "空的压缩包", "请上传纪要文件本身"),
    (b"Rar!", "压缩包", "请解压后逐个上传"),
    (b"7z\xbc\xaf\x27\x1c", "压缩包", "请解压后逐个上传"),
    (b"\x1f\x8b", "压缩包", "请解压后逐个上传"),
    (b"II*\x00", "TIFF 图片", "请另存为 PNG 或 PDF"),
    (b"MM\x00*", "TIFF 图片", "请另存为 PNG 或 PDF"),
    (b"GIF8", "GIF 图片", "请另存为 PNG 或 PDF"),
    (b"MZ", "程序", "请上传纪要文件"),
    (b"\x7fELF", "程序", "请上传纪要文件"),
]
# <!DOCTYPE html>  ·  <html lang="zh">  ·  <script>alert("云川市")</script>  ·  <?php  ·  #!/bin/sh
WEB_PAGE_OR_SCRIPT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype|<html|<head|<body|<script|<\?|<svg|<!--|#!)", re.I)
# A PDF that was mailed or downloaded can have a few bytes before its head; readers look for it in the first 1,024.
HEAD_OF_PDF_WITHIN = 1024


def format_of(name: str, content: bytes) -> Format:
    """The format of the content; `UnreadableText` when it is none that is read, or not the one its name says."""
    found = format_by_content(content)
    said = ENDINGS.get(PurePath(name).suffix.lower())
    if said and said != found:
        ending = PurePath(name).suffix
        raise UnreadableText(f"文件名以 {ending} 结尾，内容却是“{NAMES[found]}”。请确认文件，改成正确的后缀名再提交。")
    return found


def format_by_content(content: bytes) -> Format:
    if not content.strip():
        raise UnreadableText("文件是空的。")
    for signature, found in SIGNATURES:
        if content.startswith(signature):
            return found
    if content.startswith(OLE):
        return format_in_ole(content)
    for signature, called, advice in REFUSED_SIGNATURES:
        if content.startswith(signature):
            raise UnreadableText(f"这是{called}，不能收录。{advice}。")
    if WEB_PAGE_OR_SCRIPT.match(content):
        raise UnreadableText("这是网页或脚本，不是纪要文件。请把正文复制出来，另存为纯文本（.txt）。")
    if b"%PDF-" in content[:HEAD_OF_PDF_WITHIN]:
        return Format.PDF
    return Format.TEXT


def format_in_ole(content: bytes) -> Format:
    """The format in a container of old Office files, which is read when it holds a Word text and no password."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableText("文件有密码保护。请在 Word 中取消密码后另存，再提交。")
    if "WordDocument".encode("utf-16-le") not in content:
        raise UnreadableText("这是旧版 Office 文件，但不是 Word 文档。请把纪要另存为 .docx。")
    return Format.DOC
