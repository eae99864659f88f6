"""The process in which one file is read: `python -m minutes.extraction.worker ORDER`, the file on its standard input.

It says on its standard output, one JSON object a line, each page that is done and at last what was found.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from typing import Any

from minutes.extraction.confinement import confine
from minutes.extraction.exceptions import MustBeRecognized, UnreadableText
from minutes.extraction.results import Found

TOO_MUCH_MEMORY = "读取时占用的内存超过上限，可能是恶意文件。请拆分或另存后再提交。"


def main() -> None:
    order = json.loads(sys.argv[1])
    # What a library prints must not get between the lines.
    told = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    confine(order)

    def tell(**said: Any) -> None:
        print(json.dumps(said), file=told, flush=True)

    tell(**outcome(order, tell))


def outcome(order: dict[str, Any], tell: Any) -> dict[str, Any]:
    """What is said at the end: the text with its doubts, why there is none, or that it has to be recognized."""
    try:
        found = read(order, sys.stdin.buffer.read(), lambda page, pages: tell(page=page, pages=pages))
    except UnreadableText as error:
        return {"unreadable": error.reason}
    except MustBeRecognized as error:
        return {"pages_to_recognize": error.pages}
    except MemoryError:
        return {"unreadable": TOO_MUCH_MEMORY}
    except Exception as error:
        reason = f"文件已损坏，或内容无法识别（{type(error).__name__}）。"
        return {"unreadable": reason, "error": traceback.format_exc()}
    return {"text": found.text, "doubts": found.doubts}


def read(order: dict[str, Any], content: bytes, tell_page: Any) -> Found:
    """What the reader of the format finds. Each is imported where it is needed: it is a large part of the time."""
    match order["reader"]:
        case "docx":
            from minutes.extraction.readers.docx import read_docx

            return read_docx(content, order["file_bytes"], tell_page)
        case "doc":
            from minutes.extraction.readers.doc import read_doc

            return read_doc(content, order["file_bytes"], tell_page)
        case "pdf":
            from minutes.extraction.readers.pdf import read_pdf

            return read_pdf(content, order["pages"], tell_page)
        case "scanned-pdf":
            from minutes.extraction.readers.scan import recognize_pdf

            return recognize_pdf(content, order["pages"], tell_page)
        case "picture":
            from minutes.extraction.readers.scan import recognize_picture

            return recognize_picture(content, tell_page)
    raise ValueError(order["reader"])


if __name__ == "__main__":
    main()
