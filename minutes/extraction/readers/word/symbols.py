"""Map positions in symbol fonts to Unicode.

≥ is F0B3 of Symbol, ✔ is F0FC of Wingdings.
"""

from __future__ import annotations

import re

FIRST, LAST = 0xF020, 0xF0FF
PRIVATE = re.compile(f"[{chr(FIRST)}-{chr(LAST)}]")
# From 21 to 7E and from A0 to F2, in the order of the font.
SYMBOL_LOWER = "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"  # noqa: RUF001
SYMBOL_UPPER = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"  # noqa: RUF001
SYMBOL = {0x21 + place: sign for place, sign in enumerate(SYMBOL_LOWER)}
SYMBOL |= {0xA0 + place: sign for place, sign in enumerate(SYMBOL_UPPER)} | {0xF1: "〉", 0xF2: "∫"}
WINGDINGS = {
    0x20: " ", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒",
    0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA4: "◉", 0xA7: "▪",
    0xA8: "□", 0xAB: "★", 0xB6: "☆", 0xD5: "⌫", 0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
    0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xFB: "✗", 0xFC: "✔", 0xFD: "☒", 0xFE: "☑",
} | {0x80 + number: sign for number, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")}  # fmt: skip
WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x96: "•", 0x97: "●", 0x98: "●", 0x99: "○",
    0xA2: "■", 0xA3: "□", 0xA4: "□",
} | {0x69 + number: sign for number, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")}  # fmt: skip
FONTS = {"symbol": SYMBOL, "wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2}


def symbol(font: str, code: int) -> str | None:
    """Return the character of a symbol font; None if unknown or without Unicode."""
    signs = FONTS.get(font.strip().lower())
    if signs is not None:
        return signs.get(code & 0xFF)
    is_private = 0xE000 <= code <= 0xF8FF or code > 0x10FFFF or 0xD800 <= code < 0xE000
    return None if is_private or code < 0x20 else chr(code)


def with_symbols(text: str, font: str) -> str:
    """Replace symbol font characters in a text; leave others unchanged."""
    return PRIVATE.sub(lambda sign: symbol(font, ord(sign[0])) or sign[0], text) if font else text
