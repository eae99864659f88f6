"""Draw the icons and the default preview picture: `make screenshots`."""

import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "static" / "images"
# The lines of mark.svg, in a field 32 units wide: from x to x at a height.
LINES = ((8, 24, 9), (8, 24, 14), (8, 24, 19), (8, 17, 24))
FIELD, STROKE, CORNER = 32, 2.2, 4
RED, WHITE = "#a81e26", "#ffffff"
# Drawn larger, then downsampled for smooth edges.
OVERSAMPLING = 4


def icon(size: int, corner: int = CORNER):
    from PIL import Image, ImageDraw

    unit = size * OVERSAMPLING / FIELD
    image = Image.new("RGBA", (size * OVERSAMPLING,) * 2, (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, FIELD * unit - 1, FIELD * unit - 1), corner * unit, fill=RED)
    for start, end, height in LINES:
        pen.rectangle(
            (start * unit, (height - STROKE / 2) * unit, end * unit, (height + STROKE / 2) * unit), fill=WHITE
        )
    return image.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.path.insert(0, str(ROOT))
    django.setup()
    from pages.cards.draw import Card, draw, font_file

    icon(48).save(IMAGES / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])
    # Apple rounds the corners itself.
    icon(180, corner=0).save(IMAGES / "icon-180.png", optimize=True)
    file = font_file() or sys.exit("No Chinese font: sudo apt install fonts-noto-cjk")
    card = Card("政府会议", "政府会议议了什么、定了什么、由谁来办，逐字可查", "", "检索 · 阅读 · 引用")
    (IMAGES / "card.png").write_bytes(draw(card, file))


if __name__ == "__main__":
    main()
