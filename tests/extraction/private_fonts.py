"""A font whose glyphs have no Unicode, as programs embed them: one of this machine, with codes of its own."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
SIMPLIFIED = 2
FIRST_CODE = 0xE000
KEPT = (b"CFF ", b"OS/2", b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"post")


def tables() -> dict[bytes, bytes]:
    content = FONT.read_bytes()
    (start,) = struct.unpack_from(">I", content, 12 + 4 * SIMPLIFIED)
    (count,) = struct.unpack_from(">H", content, start + 4)
    rows = [struct.unpack_from(">4s4xII", content, start + 12 + 16 * row) for row in range(count)]
    return {tag: content[offset : offset + length] for tag, offset, length in rows if tag in KEPT}


@cache
def glyph_numbers() -> dict[str, int]:
    """Return the glyph number of each character."""
    cmap = tables()[b"cmap"]
    (count,) = struct.unpack_from(">H", cmap, 2)
    offsets = [struct.unpack_from(">4xI", cmap, 4 + 8 * row)[0] for row in range(count)]
    full = next(offset for offset in offsets if struct.unpack_from(">H", cmap, offset)[0] == 12)
    (groups,) = struct.unpack_from(">I", cmap, full + 12)
    rows = [struct.unpack_from(">III", cmap, full + 16 + 12 * row) for row in range(groups)]
    return {chr(code): glyph + code - first for first, last, glyph in rows for code in range(first, last + 1)}


def private_font(characters: str) -> bytes:
    """Return a font with private codes for exactly these characters, from U+E000."""
    codes = [struct.pack(">III", code, code, glyph_numbers()[sign]) for code, sign in enumerate(characters, FIRST_CODE)]
    rows = struct.pack(">HHIII", 12, 0, 16 + 12 * len(codes), 0, len(codes)) + b"".join(codes)
    parts = tables() | {b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + rows}
    directory, body = struct.pack(">4sHHHH", b"OTTO", len(parts), 0, 0, 0), b""
    for tag in sorted(parts):
        place = 12 + 16 * len(parts) + len(body)
        directory += struct.pack(">4sIII", tag, 0, place, len(parts[tag]))
        body += parts[tag] + b"\0" * (-len(parts[tag]) % 4)
    return directory + body


def in_private_codes(text: str, characters: str) -> str:
    return text.translate({ord(sign): code for code, sign in enumerate(characters, FIRST_CODE)})
