"""One text of minutes in every format that is read."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.extraction.documents import docx_of
from tests.extraction.web_pages import mht, page


def html_of(text: str) -> bytes:
    lines = "".join(f"<p>　　{escape(line)}</p>" for line in text.split("\n") if line)
    return page(f'<div class="TRS_Editor">{lines}</div>').encode()


def mht_of(text: str) -> bytes:
    return mht(html_of(text))


def saved_as(ending: str) -> Callable[[str], bytes]:
    """Make a Word file and save it with LibreOffice in another format."""

    def make(text: str) -> bytes:
        with TemporaryDirectory() as folder:
            Path(folder, "a.docx").write_bytes(docx_of(text))
            profile = f"-env:UserInstallation={Path(folder).as_uri()}/profile"
            command = ["soffice", profile, "--headless", "--convert-to", ending, "a.docx"]
            subprocess.run(command, cwd=folder, capture_output=True, check=True)
            return Path(folder, f"a.{ending}").read_bytes()

    return make
