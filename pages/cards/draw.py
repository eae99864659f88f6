"""Draw a card of 1200 by 630 pixels, the size that social sites crop least."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, EDGE = 1200, 630, 80
PAPER, INK, MUTED, RED = "#fcfbf8", "#1e1c19", "#655f56", "#a81e26"
ARCHIVE = "会议纪要档案"
# Debian's fonts-noto-cjk and fonts-wqy-zenhei; the number is the index of the simplified Chinese face.
FONTS = (
    (Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"), 2),
    (Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"), 2),
    (Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"), 0),
)
MOST_LINES, MOST_CHARACTERS = 4, 200
# Font sizes for titles of up to this many characters.
TITLE_SIZES = ((22, 76), (44, 64), (MOST_CHARACTERS, 52))
NOTE_SIZE, FACT_SIZE = 34, 40
# Characters that must not begin a line are appended to the previous one.
CLOSING = "，。；：、！？）》〉”’】〕"


@dataclass(frozen=True, slots=True)
class Card:
    """The content of a card: body, title, and a line of details."""

    kind: str
    title: str
    note: str = ""
    fact: str = ""


def font_file() -> tuple[Path, int] | None:
    """Return font file and face index, from the settings or Debian, or None."""
    if settings.CARD_FONT:
        return (settings.CARD_FONT, 0) if settings.CARD_FONT.is_file() else None
    return next((each for each in FONTS if each[0].is_file()), None)


@cache
def font_of(file: tuple[Path, int], size: int) -> ImageFont.FreeTypeFont:
    path, face = file
    return ImageFont.truetype(str(path), size, index=face)


def draw(card: Card, file: tuple[Path, int]) -> bytes:
    """Return the card as a PNG with few colours, about 20 KB."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 14), fill=RED)
    pen.text((EDGE, 60), f"{ARCHIVE} · {card.kind}", font=font_of(file, NOTE_SIZE), fill=MUTED)
    size = next(size for longest, size in TITLE_SIZES if len(card.title[:MOST_CHARACTERS]) <= longest)
    top = 140
    for line in lines_of(card.title[:MOST_CHARACTERS], font_of(file, size), WIDTH - 2 * EDGE):
        pen.text((EDGE, top), line, font=font_of(file, size), fill=INK)
        top += round(size * 1.35)
    pen.line((EDGE, 480, WIDTH - EDGE, 480), fill=RED, width=3)
    for text, size, height, colour in ((card.fact, FACT_SIZE, 500, RED), (card.note, NOTE_SIZE, 556, MUTED)):
        line = lines_of(text, font_of(file, size), WIDTH - 2 * EDGE, most=1)
        pen.text((EDGE, height), "".join(line), font=font_of(file, size), fill=colour)
    png = BytesIO()
    image.quantize(32).save(png, "PNG", optimize=True)
    return png.getvalue()


def lines_of(text: str, font: ImageFont.FreeTypeFont, width: int, most: int = MOST_LINES) -> list[str]:
    """Return the text broken into lines of this width, truncated with ……"""
    lines: list[str] = [""]
    for character in " ".join(text.split()):
        if font.getlength(lines[-1] + character) <= width or character in CLOSING:
            lines[-1] += character
        elif len(lines) < most:
            lines.append(character)
        else:
            lines[-1] = f"{lines[-1][:-2]}……"
            break
    return lines if lines[0] else []
