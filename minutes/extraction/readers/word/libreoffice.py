"""Read .doc, .wps, .rtf and .odt files, converted to .docx by LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.needs import LIBREOFFICE
from minutes.extraction.readers.word.docx import read_docx
from minutes.extraction.results import Extraction, Progress
from minutes.extraction.sandbox.confinement import Limits

NOT_CONVERTED = "LibreOffice 打不开这份文件，可能已损坏或有密码。请用 Word 或 WPS 打开，另存为 .docx，再提交。"
# {\bin2147483647 …}: number of raw bytes that follow; LibreOffice would wait for all of them.
RAW_BYTES = re.compile(rb"\\bin(\d{1,20})")
# Linked files are not loaded, and macros never run.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
</oor:items>
"""


def read_with_libreoffice(content: bytes, limits: Limits, progress: Progress) -> Extraction:
    """Convert a file in the current, temporary folder, and read the .docx."""
    if any(int(raw[1]) > len(content) for raw in RAW_BYTES.finditer(content)):
        raise UnreadableText(NOT_CONVERTED)
    here = Path.cwd()
    # Without an extension, LibreOffice detects the format from the content.
    Path("minutes").write_bytes(content)
    # A profile of its own, because LibreOffice would otherwise pass the work to a running instance.
    profile = here / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    subprocess.run(  # noqa: S603
        [
            shutil.which(LIBREOFFICE) or LIBREOFFICE,
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--norestore", "--convert-to", "docx:MS Word 2007 XML", "--outdir", "made", "minutes"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    made = here / "made" / "minutes.docx"
    if not made.is_file() or made.stat().st_size > limits.file_bytes:
        raise UnreadableText(NOT_CONVERTED)
    return read_docx(made.read_bytes(), limits, progress)
