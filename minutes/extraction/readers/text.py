"""Decode a text file in any encoding used by Chinese offices."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.formats import BYTE_ORDER_MARKS
from minutes.extraction.results import Extraction, Progress
from minutes.extraction.sandbox.confinement import Limits
from minutes.parser.types import Problem, Span


class DecodedText(NamedTuple):
    """The characters of a file and their encoding."""

    text: str
    encoding: str


# cp950 and big5hkscs define characters that Big5 itself lacks.
ENCODINGS_WITHOUT_MARK = ["gb18030", "big5", "cp950", "big5hkscs", "utf-16-le", "utf-16-be"]
# The most frequent characters of official Chinese, simplified and traditional. They make up a quarter to a half of
# minutes, and at most one in fifty characters of text decoded with a wrong encoding.
FREQUENT = frozenset(
    "，。、：；（）《》“”〔〕一二三四五六七八九十的和在是不了有大为上中国人年月日会议市县区政府委局长办公关于要以对进行"
    "工作发展建设实施意见原则同意审議會縣區長辦於關對進發實見則審為國"
)
MIN_SHARE_OF_FREQUENT = 0.1
# Some converters write NUL around page numbers, so a few control characters do not make a file binary.
MAX_CONTROL_CHARACTERS = 0.02
# Big5 and GBK encode many characters with a second byte in ASCII; in simplified Chinese there are hardly any.
MIN_SHARE_WITH_ASCII = 0.05
PUNCTUATION = "，。；：、？！《》〈〉（）“”‘’「」『』〔〕【】·—…～"
HAN = "\u3400-\u9fff\ue000-\uf8ff\U00020000-\U0003134f"
# A lost byte shifts all following pairs, up to the first ASCII byte left over:
# 審部m雲川市河道管理辦法  ·  審議辦法，n政府同意
# but not: A級 · B棟 · 上午~下午 · a、審議辦法
LEFT_OVER = re.compile(
    rf"[^\x00-\x7f\s]{{0,6}}(?:(?<=[^\x00-\x7f\s{PUNCTUATION}])(?:[@a-z\\^`{{}}]|[A-Z](?![級类類區座股棟班組款型線照樓口館島標等檔輪幢室]))(?![!-~])"
    rf"|(?:^|(?<=[，。；：、》）]))[@a-z\\^`{{}}](?=[{HAN}]))",
    re.MULTILINE,
)
ANY_HAN = re.compile(f"[{HAN}]")
MAX_PLACES_SHOWN = 20
# Such as UTF-7, HZ, or the entities of a web page.
NO_HAN = "文件里没有汉字：也许用了少见的编码，或者不是纪要。请用 WPS 或记事本打开核对，另存为 UTF-8 再提交。"
LAYOUT_CHARACTERS = "\t\n\v\f\r"


def read_text(content: bytes, limits: Limits, progress: Progress) -> Extraction:
    """Return the characters of a text file, and its encoding."""
    decoded = decode(content)
    if not ANY_HAN.search(decoded.text):
        raise UnreadableText(NO_HAN)
    problems = tuple(lost_byte_problems(decoded))[:MAX_PLACES_SHOWN]
    return Extraction(decoded.text, (*encoding_problems(content, decoded), *problems), encoding=decoded.encoding)


def encoding_problems(content: bytes, decoded: DecodedText) -> tuple[Problem, ...]:
    """Return a problem if the file begins with the mark of an encoding that it is not in."""
    if not content.startswith(codecs.BOM_UTF8) or decoded.encoding == "utf-8":
        return ()
    message = f"文件开头标明是 UTF-8，内容却是 {decoded.encoding.upper()}，已按后者读取，请核对有没有乱码。"
    return (Problem("encoding-differs", message, None),)


def lost_byte_problems(decoded: DecodedText) -> Iterator[Problem]:
    """Yield problems where a byte seems to be missing but decoding succeeds."""
    if share_of_pairs_with_ascii(decoded) < MIN_SHARE_WITH_ASCII:
        return
    for place in LEFT_OVER.finditer(decoded.text):
        message = f"“{place[0]}”像是少了一个字节后的乱码，收录前可能已经损坏，请与原件核对。"
        yield Problem("damaged-characters", message, Span(*place.span()))


def share_of_pairs_with_ascii(decoded: DecodedText) -> float:
    """Return the share of multibyte characters with an ASCII second byte.

    It is 0 for Unicode.
    """
    if decoded.encoding.startswith("utf"):
        return 0.0
    written = [character.encode(decoded.encoding) for character in decoded.text if character > "\x7f"]
    return sum(len(pair) == 2 and pair[1] < 0x80 for pair in written) / len(written) if written else 0.0


def decode(content: bytes) -> DecodedText:
    """Decode a file. Offsets refer to the decoded file, with NUL shown as a space."""
    decoded = decode_marked(content) or decode_utf8(content) or decode_by_frequent_characters(content)
    if decoded is None:
        raise UnreadableText(why_undecodable(content))
    if share_of_control_characters(decoded.text) > MAX_CONTROL_CHARACTERS:
        raise UnreadableText("内容是二进制数据，不是文字。请把纪要另存为纯文本（.txt）。")
    return DecodedText(decoded.text.replace("\0", " "), decoded.encoding)


def decode_marked(content: bytes) -> DecodedText | None:
    """Decode a file with a byte order mark, which is dropped; None without one.

    Programs that expect UTF-8 put its mark before a file in GB18030 too.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            try:
                return DecodedText(content[len(mark) :].decode(encoding), encoding)
            except UnicodeDecodeError as error:
                if encoding == "utf-8" and (other := decode_by_frequent_characters(content[len(mark) :])):
                    return other
                raise UnreadableText(
                    f"文件开头标明是 {encoding.upper()}，但第 {error.start + len(mark)} 字节已损坏。"
                    "请换一份完好的文件，或另存为 UTF-8。"
                ) from error
    return None


def decode_utf8(content: bytes) -> DecodedText | None:
    try:
        return DecodedText(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None


def decode_by_frequent_characters(content: bytes) -> DecodedText | None:
    """Decode with the encoding of the most frequent characters, or return None."""
    best, best_share = None, MIN_SHARE_OF_FREQUENT
    for encoding in ENCODINGS_WITHOUT_MARK:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if (share := share_of_frequent_characters(text)) > best_share:
            best, best_share = DecodedText(text, encoding), share
    return best


def why_undecodable(content: bytes) -> str:
    """Explain why no encoding fits, and what to do.

    If one nearly fits, the message gives the position of the error.
    """
    best, best_share = "", MIN_SHARE_OF_FREQUENT
    for encoding in ("utf-8", "gb18030", "big5"):
        share = share_of_frequent_characters(content.decode(encoding, "replace"))
        if share > best_share:
            best, best_share = encoding, share
    try:
        content.decode(best or "ascii")
    except UnicodeDecodeError as error:
        if best:
            line = content[: error.start].decode(best).count("\n") + 1
            # A lost byte shifts the following characters, and only the end of the line shows it.
            near = "已损坏" if best == "utf-8" else "或稍前已损坏"
            return (
                f"文件是 {best.upper()}，但第 {error.start} 字节（第 {line} 行）{near}。"
                "请换一份完好的文件，或改好此处后另存为 UTF-8。"
            )
    return "按 UTF-8、GB18030、Big5 或 UTF-16 都读不出中文。请另存为 UTF-8 再提交。"


def share_of_frequent_characters(text: str) -> float:
    """Return the share of frequent official Chinese among non-ASCII characters."""
    beyond_ascii = [character for character in text if character > "\x7f"]
    return sum(character in FREQUENT for character in beyond_ascii) / len(beyond_ascii) if beyond_ascii else 0.0


def share_of_control_characters(text: str) -> float:
    control = sum(character < " " and character not in LAYOUT_CHARACTERS for character in text)
    return control / len(text) if text else 0.0
