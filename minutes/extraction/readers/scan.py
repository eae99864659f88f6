"""A scanned page or a picture → its text by recognition of characters, which somebody must always check."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.readers.recognized import Character, Line, lines_of
from minutes.extraction.results import Doubt, Found, TellPage

if TYPE_CHECKING:
    from PIL.Image import Image

NOT_INSTALLED = (
    "这是扫描件或图片，需要文字识别（OCR），服务器上没有安装。"
    "请提交带文字的文件，或由管理员安装：bin/install requirements-ocr.txt"
)
DOTS_PER_INCH = 200
POINTS_PER_INCH = 72
# A3 at 200 dots per inch has eight million; a page of the size of a room would fill the memory.
MOST_PIXELS = 40_000_000
MOST_PIXELS_OF_A_PAGE = 12_000_000
LEAST_CERTAINTY = 0.8
MOST_UNSURE_LINES = 100
NOTICE = "全文由文字识别（OCR）得到，可能有错字、漏字，请逐段与原件核对。"
NO_TEXT = "图片里没有识别出文字。请提交更清晰的扫描件（每英寸 200 点以上）。"


def is_installed() -> bool:
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime"))


def recognize_pdf(content: bytes, most_pages: int, tell_page: TellPage) -> Found:
    """The text of the pages of a scanned PDF."""
    from minutes.extraction.readers.pdf import opened

    with opened(content, most_pages) as document:
        return recognize((drawn(page) for page in document), len(document), tell_page)


def recognize_picture(content: bytes, tell_page: TellPage) -> Found:
    """The text in one PNG or JPEG."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UnreadableText(f"图片超过{MOST_PIXELS // 10_000}万像素。请缩小后提交。")
            page = picture.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableText("图片已损坏，打不开。请换一份完好的文件。") from error
    return recognize(iter([page]), 1, tell_page)


def drawn(page: Any) -> Image:
    """A page of a PDF as a picture, fewer dots per inch where it is very large."""
    width, height = page.get_size()
    scale = DOTS_PER_INCH / POINTS_PER_INCH
    scale = min(scale, (MOST_PIXELS_OF_A_PAGE / max(width * height, 1)) ** 0.5)
    return page.render(scale=scale).to_pil().convert("RGB")


def recognize(pages: Iterator[Image], count: int, tell_page: TellPage) -> Found:
    """The text of the pages, with a doubt about the whole and one about each uncertain line."""
    engine = recognition()
    lines: list[Line] = []
    for number, page in enumerate(pages, start=1):
        lines += lines_of(characters_on(page, engine))
        tell_page(number, count)
    if not lines:
        raise UnreadableText(NO_TEXT)
    text = "".join(f"{line.text}\n" for line in lines)
    return Found(text, [Doubt("recognized-text", NOTICE, None, None), *doubts_about(lines)])


def recognition() -> Any:
    """The engine, with every line kept however uncertain: what it left out nobody would miss."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.text_score": 0.0,
            "Global.log_level": "critical",
            "Global.return_word_box": True,
            "Global.return_single_char_box": True,
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def characters_on(page: Image, engine: Any) -> Iterator[Character]:
    import numpy

    result = engine(numpy.asarray(page)[:, :, ::-1])
    if result.txts is None:
        return
    if len(result.word_results) == len(result.txts) and all(result.word_results):
        words = [word for line in result.word_results for word in line]
    else:
        words = list(zip(result.txts, result.scores, result.boxes, strict=True))
    for text, score, corners in words:
        across, down = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        yield Character(text, float(score), min(across), min(down), max(across), max(down))


def doubts_about(lines: list[Line]) -> Iterator[Doubt]:
    """A doubt for each line with a character that the recognition is not sure of."""
    start, told = 0, 0
    for line in lines:
        end = start + len(line.text)
        if line.score < LEAST_CERTAINTY and told < MOST_UNSURE_LINES:
            told += 1
            yield Doubt("recognized-unsure", "这一行有识别不确定的字，请与原件核对。", start, end)
        start = end + 1
