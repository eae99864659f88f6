"""An old .doc → its text, by way of LibreOffice, which makes a .docx of it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.results import Found, TellPage

PROGRAM = "soffice"
NOT_INSTALLED = (
    "读取旧版 Word（.doc）需要 LibreOffice，服务器上没有安装。"
    "请用 Word 另存为 .docx 再提交，或由管理员安装：apt install libreoffice-writer-nogui"
)


def is_installed() -> bool:
    return shutil.which(PROGRAM) is not None


def read_doc(content: bytes, most_bytes: int, tell_page: TellPage) -> Found:
    """The text of a .doc. It works in the folder it is started in, which is thrown away afterwards."""
    from minutes.extraction.readers.docx import read_docx

    here = Path.cwd()
    Path("minutes.doc").write_bytes(content)
    # Its own profile: a second LibreOffice would hand its work to the one that runs already.
    subprocess.run(  # noqa: S603
        [
            shutil.which(PROGRAM) or PROGRAM,
            f"-env:UserInstallation={(here / 'profile').as_uri()}",
            *("--headless", "--norestore", "--convert-to", "docx:MS Word 2007 XML", "--outdir", "made", "minutes.doc"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    made = here / "made" / "minutes.docx"
    if not made.is_file() or made.stat().st_size > most_bytes:
        raise UnreadableText("LibreOffice 打不开这份旧版 Word 文件。请用 Word 另存为 .docx，再提交。")
    return read_docx(made.read_bytes(), most_bytes, tell_page)
