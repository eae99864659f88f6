"""The files in a ZIP, each a document; unpacked in memory, with checked sizes."""

from __future__ import annotations

import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.files import check_size, display_name, find_files, read_bytes
from minutes.extraction.formats import ZIP, detect_format
from minutes.extraction.limits import MEGABYTE, default_limits

# Total size of the files of one archive, in multiples of the largest file accepted.
MAX_TOTAL = 20
UTF8_NAME = 0x800
ENCRYPTED = 0x1
COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DAMAGED = "压缩包已损坏，解不开。请重新压缩，或解压后逐个提交。"
# __MACOSX/._纪要.docx · Thumbs.db · 第12次常务会议_files/logo.css: files that systems and browsers add
NOT_A_DOCUMENT = re.compile(r"(?:^|/)(?:__MACOSX/|\.(?![./])|Thumbs\.db$|desktop\.ini$|~\$)|(?:_files|\.files)/", re.I)


@dataclass(frozen=True, slots=True)
class Document:
    """A file: its bytes, or the reason why they are unavailable."""

    name: str
    content: bytes
    reason: str = ""
    # The path as the user knows it: in/2024.zip/纪要/12.docx
    path: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def read(self) -> bytes:
        """Return the bytes; raise `UnreadableText` if they are unavailable."""
        if self.reason:
            raise UnreadableText(self.reason)
        return self.content


def find_documents(paths: Iterable[str]) -> Iterator[Document]:
    """Yield every file of the paths on a command line, including those in archives."""
    for path in find_files(paths):
        name = display_name(path)
        try:
            for document in documents_in(name, read_bytes(path)):
                inside = f"/{document.path}" if document.path else ""
                yield replace(document, path=f"{path}{inside}")
        except UnreadableText as error:
            yield Document(name, b"", error.reason, str(path))


def documents_in(name: str, content: bytes) -> Iterator[Document]:
    """Yield the files of an archive, or the file itself.

    Raise `UnreadableText` for a broken archive.
    """
    check_size(content)
    if not is_archive(name, content):
        return iter([Document(display_name(name), content)])
    try:
        return members_of(zipfile.ZipFile(io.BytesIO(content)))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
        raise UnreadableText(DAMAGED) from error


def is_archive(name: str, content: bytes) -> bool:
    """Return whether the content is a ZIP of several files.

    Raise `UnreadableText` for one that must not be opened.
    """
    return content.startswith(b"PK") and detect_format(name, content) is ZIP


def members_of(archive: zipfile.ZipFile) -> Iterator[Document]:
    """Yield the files of an archive in order, unpacking each on demand."""
    left = MAX_TOTAL * default_limits().file_bytes
    for member in archive.infolist():
        path = name_of(member)
        if member.is_dir() or NOT_A_DOCUMENT.search(path):
            continue
        name = display_name(path)
        try:
            content = unpacked(archive, member, left)
            left -= len(content)
            yield Document(name, content, path=path)
        except UnreadableText as error:
            yield Document(name, b"", error.reason, path)


def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """Return the bytes of a member, limited by the bytes unpacked.

    The size declared in the archive is not trusted.
    """
    if member.flag_bits & ENCRYPTED:
        raise UnreadableText("压缩包里的这份文件有密码。请取消密码后重新压缩。")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UnreadableText("压缩包里的这一项是链接，不是文件。请把文件本身放进压缩包。")
    if member.compress_type not in COMPRESSIONS:
        raise UnreadableText("压缩包用了不常见的压缩方式。请用系统自带的压缩功能重新压缩。")
    most = min(default_limits().file_bytes, left)
    try:
        with archive.open(member) as file:
            content = file.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        raise UnreadableText("压缩包里的这份文件已损坏，解不开。请重新压缩。") from error
    if len(content) > most:
        if most < default_limits().file_bytes:
            raise UnreadableText(
                f"压缩包展开后超过{MAX_TOTAL * default_limits().file_bytes // MEGABYTE} MB。请分成几个。"
            )
        check_size(content)
    if is_archive("", content):
        raise UnreadableText("压缩包里的压缩包不再展开。请解压后提交其中的文件。")
    return content


def name_of(member: zipfile.ZipInfo) -> str:
    """Return the name of a member: UTF-8 if flagged or valid, else GB18030."""
    if member.flag_bits & UTF8_NAME:
        return member.filename
    try:
        written = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename
