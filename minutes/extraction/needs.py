"""Optional programs and packages: check for them and say what to install."""

from __future__ import annotations

import importlib.util
import shutil

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.formats import Format, Need

LIBREOFFICE = "soffice"
RECOGNITION = ("rapidocr", "onnxruntime")
SENTENCES = {
    Need.LIBREOFFICE: (
        "读取{label}需要 LibreOffice，服务器上没有安装。"
        "请用 Word 或 WPS 另存为 .docx 再提交，或由管理员安装：apt install libreoffice-writer-nogui"
    ),
    Need.RECOGNITION: (
        "这是扫描件或图片，需要文字识别（OCR），服务器上没有安装。"
        "请提交带文字的文件，或由管理员安装：bin/install requirements-ocr.txt"
    ),
}


def is_installed(need: Need) -> bool:
    if need is Need.LIBREOFFICE:
        return shutil.which(LIBREOFFICE) is not None
    return all(importlib.util.find_spec(name) for name in RECOGNITION)


def require(need: Need, wanted: Format) -> None:
    """Raise `UnreadableText`, naming what to install, if the need is not met."""
    if not is_installed(need):
        raise UnreadableText(SENTENCES[need].format(label=wanted.label))
