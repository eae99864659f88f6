"""Test that minutes are read in every encoding, and binary data is rejected."""

import codecs

import pytest

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.limits import default_limits
from minutes.extraction.read_file import read_file
from minutes.extraction.readers.text import read_text
from minutes.extraction.results import no_progress
from minutes.models import Meeting, SourceFile
from tests.minutes_text import minutes_text

pytestmark = pytest.mark.thorough

SIMPLIFIED = minutes_text()
TRADITIONAL = """雲川市人民政府

常務會議紀要

〔2021〕7號

2021年3月5日上午，沈知遠市長主持召開市政府第12次常務會議，審議《雲川市河道管理辦法》，聽取關於一季度安全生產情況的匯報。

會議議定以下意見：

一、審議《雲川市河道管理辦法》

（一）原則同意《雲川市河道管理辦法》，由市水利局會同市財政局按程序發文。
"""

FILES = {
    "utf-8": SIMPLIFIED.encode(),
    "utf-8 with mark": codecs.BOM_UTF8 + SIMPLIFIED.encode(),
    "gb18030": SIMPLIFIED.encode("gb18030"),
    "gb2312": SIMPLIFIED.encode("gb2312"),
    "utf-16-le with mark": codecs.BOM_UTF16_LE + SIMPLIFIED.encode("utf-16-le"),
    "utf-16-be with mark": codecs.BOM_UTF16_BE + SIMPLIFIED.encode("utf-16-be"),
    "gb18030 with mark": "\ufeff".encode("gb18030") + SIMPLIFIED.encode("gb18030"),
    "utf-16-le": SIMPLIFIED.encode("utf-16-le"),
    "utf-16-be": SIMPLIFIED.encode("utf-16-be"),
    "big5": TRADITIONAL.replace("〔", "(").replace("〕", ")").encode("big5"),
    "traditional in gb18030": TRADITIONAL.encode("gb18030"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", [name for name in FILES if "big5" not in name and "traditional" not in name])
def test_the_same_minutes_are_read_from_every_encoding(encoding, run, write):
    result = run("ingest", write("minutes.txt", FILES[encoding]))

    assert not result.failure, result.out
    source = SourceFile.objects.get()
    assert source.text == SIMPLIFIED
    assert source.encoding == encoding.removesuffix(" with mark").replace("gb2312", "gb18030")
    assert bytes(source.content) == FILES[encoding]
    assert Meeting.objects.get().number == 12


def test_the_mark_of_utf8_before_another_encoding_is_told():
    found = read_file("minutes.txt", codecs.BOM_UTF8 + FILES["gb18030"]).extraction

    assert (found.text, found.encoding) == (SIMPLIFIED, "gb18030")
    assert [problem.code for problem in found.problems] == ["encoding-differs"]


def test_a_page_with_the_mark_of_utf8_before_another_encoding_is_told():
    page = "<html><body><p>会议原则同意市水利局的意见。</p></body></html>".encode("gb18030")
    found = read_file("minutes.html", codecs.BOM_UTF8 + page).extraction

    assert found.text == "会议原则同意市水利局的意见。\n"
    assert [problem.code for problem in found.problems] == ["encoding-differs"]


def test_a_damaged_file_with_the_mark_of_utf8_is_not_taken_for_another_encoding():
    content = FILES["utf-8 with mark"]
    at = content.index("常务".encode()) + 1

    with pytest.raises(UnreadableText, match="标明是 UTF-8，但第"):
        read_file("minutes.txt", content[:at] + b"\xff" + content[at + 1 :])


@pytest.mark.parametrize("encoding", ["big5", "traditional in gb18030"])
def test_traditional_characters_are_read(encoding, run, write):
    result = run("parse", write("minutes.txt", FILES[encoding]))

    assert not result.failure
    assert "審議《雲川市河道管理辦法》" in result.out


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
def test_a_single_sentence_is_enough_to_tell_the_encoding(encoding, run, write):
    sentence = "会议听取了市水利局关于河道管理的汇报。"

    result = run("parse", write("sentence.txt", sentence.encode(encoding)))

    assert not result.failure
    assert '"characters": 19' in result.out


DAMAGED = {
    "damaged UTF-8": (SIMPLIFIED.encode().replace("汇报".encode(), b"\xff", 1), "第 232 字节（第 7 行）已损坏"),
    "damaged after a mark": (
        codecs.BOM_UTF16_LE + SIMPLIFIED.encode("utf-16-le") + b"\x00",
        "标明是 UTF-16-LE，但第 900 字节已损坏",
    ),
    "damaged GB18030": (
        SIMPLIFIED.encode("gb18030")[:301] + b"\xff\xff\xff" + SIMPLIFIED.encode("gb18030")[301:],
        "文件是 GB18030，但第 301 字节（第 13 行）或稍前已损坏",
    ),
    "GBK with a byte lost": (
        SIMPLIFIED.encode("gbk").replace("汇报".encode("gbk"), "汇报".encode("gbk")[1:], 1),
        "行）或稍前已损坏",
    ),
    "another language's encoding": (
        "これは日本語の文章です。会議の議事録です。".encode("shift_jis"),
        "都读不出中文",
    ),
    "Korean": ("회의록입니다. 시장이 주재하였다.".encode("euc-kr"), "都读不出中文"),
    "binary": (bytes(range(256)) * 20, "都读不出中文"),
    "binary that happens to be ASCII": (bytes(range(1, 32)) * 40, "二进制数据"),
    "UTF-7": (SIMPLIFIED.encode("utf-7"), "文件里没有汉字"),
    "HZ": (SIMPLIFIED.encode("hz"), "文件里没有汉字"),
    "entities": (SIMPLIFIED.encode("ascii", "xmlcharrefreplace"), "文件里没有汉字"),
    "PDF": (b"%PDF-1.7\n" + SIMPLIFIED.encode(), "内容却是“PDF 文件”"),
    "Word": (b"PK\x03\x04" + b"\x00" * 50, "内容却是“Word 文件（.docx）”"),
    "old Word": (b"\xd0\xcf\x11\xe0" + b"\x00" * 50, "旧版 Office 文件"),
    "nothing": (b"", "文件是空的"),
    "only blanks": (b" \r\n\t", "文件是空的"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", DAMAGED)
def test_what_is_no_readable_text_is_refused_with_a_reason_and_never_guessed(kind, run, write):
    content, reason = DAMAGED[kind]

    result = run("ingest", write("minutes.txt", content))

    assert reason in result.out
    assert result.lines[0].startswith("failed     minutes.txt: ")
    assert result.failure
    assert not SourceFile.objects.exists()


@pytest.mark.django_db
def test_nul_characters_around_a_page_number_do_not_shift_the_text(run, write):
    text = SIMPLIFIED.replace("二、听取", "— \0 2 \0 —\n\n二、听取")

    assert not run("ingest", write("minutes.txt", text)).failure

    stored = SourceFile.objects.get().text
    assert "\0" not in stored
    assert len(stored) == len(text)
    item = Meeting.objects.get().items.get(position=2)
    assert stored[item.start : item.end].startswith("二、听取一季度安全生产情况的汇报")


@pytest.mark.django_db
def test_characters_lost_before_ingest_are_reported_at_their_place(run, write):
    run("ingest", write("minutes.txt", SIMPLIFIED.replace("加强督促", "加强�促")))

    problem = Meeting.objects.get().problems.get(code="damaged-characters")
    assert SourceFile.objects.get().text[problem.start : problem.end] == "�"


@pytest.mark.parametrize("encoding", ["big5", "traditional in gb18030"])
@pytest.mark.parametrize("near", ["議定以下", "知遠市長", "程序發文"])
def test_a_lost_byte_is_reported_near_its_place(encoding, near):
    codec = encoding.split()[-1]
    before, after = FILES[encoding].split(near.encode(codec))

    extraction = read_file("minutes.txt", before + near.encode(codec)[1:] + after).extraction

    (problem,) = extraction.problems
    assert problem.code == "damaged-characters"
    assert problem.span.start - 2 <= len(before.decode(codec)) <= problem.span.end


def test_most_lost_bytes_are_refused_or_reported():
    for encoding, most_silent in (("big5", 0.1), ("traditional in gb18030", 0.05), ("gb18030", 0)):
        content = FILES[encoding]
        places = [place for place, byte in enumerate(content) if byte > 0x7F]
        silent = [place for place in places if is_silent(content[:place] + content[place + 1 :])]

        assert len(silent) <= most_silent * len(places)


def is_silent(content):
    try:
        return not read_text(content, default_limits(), no_progress).problems
    except UnreadableText:
        return False


@pytest.mark.parametrize("encoding", FILES)
def test_no_byte_is_missed_in_whole_files(encoding):
    assert read_file("minutes.txt", FILES[encoding]).extraction.problems == ()


def test_letters_that_belong_to_traditional_text_are_no_sign_of_a_lost_byte():
    text = (
        TRADITIONAL.replace("〔", "(").replace("〕", ")")
        + "建A級景區、B棟、APP和5G基站，上午~下午，X、Y兩線，a、甲；b、乙。\n"
    )

    assert read_file("minutes.txt", text.encode("big5")).extraction.problems == ()
