"""Recognize the characters of scanned pages and images, to be checked by people."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.readers.pdf.reader import open_pdf
from minutes.extraction.readers.recognized_lines import Character, Line, lines_of
from minutes.extraction.results import Extraction, Progress
from minutes.extraction.sandbox.confinement import Limits
from minutes.parser.types import Problem, Span

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS_PER_INCH = 200
POINTS_PER_INCH = 72
# A3 at 200 dpi has eight million pixels; much larger pages would exhaust the memory.
MAX_PIXELS = 40_000_000
MAX_PIXELS_OF_A_PAGE = 12_000_000
MIN_CERTAINTY = 0.8
MAX_UNSURE_LINES = 100
NOTICE = "全文由文字识别（OCR）得到，可能有错字、漏字，请逐段与原件核对。"
NO_TEXT = "图片里没有识别出文字。请提交更清晰的扫描件（每英寸 200 点以上）。"


def recognize_pdf(content: bytes, limits: Limits, progress: Progress) -> Extraction:
    """Return the text of a scanned PDF."""
    with open_pdf(content, limits.pages) as document:
        return recognize((render_page(page) for page in document), len(document), progress)


def recognize_picture(content: bytes, limits: Limits, progress: Progress) -> Extraction:
    """Return the text in a PNG or JPEG file."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise UnreadableText(f"图片超过{MAX_PIXELS // 10_000}万像素。请缩小后提交。")
            page = picture.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableText("图片已损坏，打不开。请换一份完好的文件。") from error
    return recognize(iter([page]), 1, progress)


def render_page(page: Any) -> Image:
    """Render a page of a PDF, at a lower resolution if it is very large."""
    width, height = page.get_size()
    scale = DOTS_PER_INCH / POINTS_PER_INCH
    scale = min(scale, (MAX_PIXELS_OF_A_PAGE / max(width * height, 1)) ** 0.5)
    return page.render(scale=scale).to_pil().convert("RGB")


def recognize(pages: Iterator[Image], count: int, progress: Progress) -> Extraction:
    """Return the text of the pages, with problems for the whole and uncertain lines."""
    engine = recognition_engine()
    lines: list[Line] = []
    for number, page in enumerate(pages, start=1):
        lines += lines_of(characters_of_page(page, engine))
        progress(number, count)
    if not lines:
        raise UnreadableText(NO_TEXT)
    text = "".join(f"{line.text}\n" for line in lines)
    return Extraction(text, (Problem("recognized-text", NOTICE, None), *unsure_line_problems(lines)))


def recognition_engine() -> Any:
    """Return the engine, configured to keep every line, however uncertain.

    Nobody would notice a line that was dropped.
    """
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


def characters_of_page(page: Image, engine: Any) -> Iterator[Character]:
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


def unsure_line_problems(lines: list[Line]) -> Iterator[Problem]:
    """Yield a problem for each line with an uncertain character."""
    start, reported = 0, 0
    for line in lines:
        end = start + len(line.text)
        if line.score < MIN_CERTAINTY and reported < MAX_UNSURE_LINES:
            reported += 1
            yield Problem("recognized-unsure", "这一行有识别不确定的字，请与原件核对。", Span(start, end))
        start = end + 1
