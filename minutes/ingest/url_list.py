"""Read a list of source URLs of files."""

from __future__ import annotations

import re
from pathlib import Path

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.files import display_name, read_bytes
from minutes.extraction.readers.text import decode

# 12.html,https://www.yunchuan.example/hy/12.html · https://… 12.html · 12.html ⇥ https://…
ADDRESS = re.compile(r"https?://[^\s,，]{1,900}")


def read_url_list(path: Path) -> dict[str, str]:
    """Return the URL of each file name.

    Raise `UnreadableText` naming the first invalid line.
    """
    addresses: dict[str, str] = {}
    for number, line in enumerate(decode(read_bytes(path)).text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        address = ADDRESS.search(line)
        name = ADDRESS.sub("", line, count=1).strip(" \t,，\"'")
        if address is None or not name:
            raise UnreadableText(f"{display_name(path)} 第{number}行应当是“文件名,网址”，例如：12.html,https://…")
        addresses[display_name(name)] = address[0]
    return addresses
