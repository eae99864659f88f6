"""The 《documents》 of a text with stage and short title, however nested."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from minutes.parser.source_text import Tracked
from minutes.parser.types import DocumentMention, Field

# 草案 · 试行 · 征求意见稿 · 修正案 (part of other expressions)
STAGE = (
    r"(?:[\u4e00-\u9fff]{0,6}"
    r"(?:草案|草稿|送审稿|修订稿|征求意见稿|讨论稿|审议稿|审定稿|报审稿|修改稿|代拟稿|初稿|稿)"
    r"|试行|暂行|修订|修正|修正案|修订版|[\u4e00-\u9fff]{2}版)"
)
# 云川市公交管理办法（草案） (the stage at the end of the title)
STAGE_WITHIN = re.compile(rf".*（(?P<stage>{STAGE}(?:[、，]?{STAGE})?)）")
# 《云川市公交管理办法》（草案） · 《云川市公交管理办法》（草案，以下简称《办法》）
STAGE_BEHIND = re.compile(rf"（(?P<stage>{STAGE})(?=）|，)")
# 《云川市公交管理办法》（以下简称《管理办法》） · 《甲办法》《乙办法》（以下统称两个《办法》）
SHORT_TITLE = re.compile(
    r"[（，](?:以下|下)(?:统|均)?(?:简称|统称|称)为?：?(?P<counted>[两二三四五六]个|上述)?"
    r"(?:《(?P<title>[^《》]{1,30})》|“(?P<quoted>[^“”]{1,30})”|(?P<bare>[^《》“”（），。]{1,20}))）"
)
# （《求是》）杂志 · （《云川日报》）刊发 (a periodical, no document)
PERIODICAL_BEHIND = re.compile(r"(?:杂志|期刊|周刊|刊[发载登文]|发表|上发表)")

# Text allowed between two documents that share a short title.
JOINTS = ("", "、", "和", "及", "与", "以及")
# A 《 without its 》 within this many characters was never closed.
LONGEST_TITLE = 300


@dataclass(frozen=True)
class Document:
    """A document with the position of its brackets in the text."""

    mention: DocumentMention
    start: int
    end: int

    @property
    def base(self) -> str:
        """Return the title shared by all drafts, without the stage."""
        return base_title(self.mention.title, self.mention.stage)


def base_title(title: str, stage: str | None) -> str:
    """Remove the stage in brackets from the end of a title."""
    if stage:
        for opening, closing in (("（", "）"), ("(", ")")):
            title = title.removesuffix(f"{opening}{stage}{closing}")
    return title


def documents_in(text: Tracked) -> list[Document]:
    """Return every outermost 《…》 of a compact text, in order."""
    documents: list[Document] = []
    end_of_short_title = 0
    for start, end in _outermost_brackets(text.folded):
        inside = text[start + 1 : end - 1]
        # The 《简称》 after 以下简称 is a short title of the preceding document.
        if not inside or start < end_of_short_title or PERIODICAL_BEHIND.match(text.folded, end):
            continue
        stage, short = _stage_and_short_title(text.folded, inside.folded, end)
        end_of_short_title = short.end() if short else end_of_short_title
        name = (short["title"] or short["quoted"] or short["bare"]) if short else None
        documents.append(Document(DocumentMention(inside.chars, stage, name, text[start:end].span), start, end))
        if short and short["counted"]:
            _share_short_title(documents, text.folded)
    return documents


def _stage_and_short_title(folded: str, title: str, end: int) -> tuple[str | None, re.Match[str] | None]:
    """Return the stage in or after the title, and the 以下简称 that follows."""
    within = STAGE_WITHIN.fullmatch(title)
    behind = STAGE_BEHIND.match(folded, end)
    after = behind.end() if behind and not within else end
    if folded.startswith("）", after):
        after += 1
    short = SHORT_TITLE.match(folded, after)
    if behind and not short:
        short = SHORT_TITLE.match(folded, behind.end())
    found_stage = within or behind
    return found_stage["stage"] if found_stage else None, short


def _share_short_title(documents: list[Document], folded: str) -> None:
    """Apply the last document's short title to those joined to it by 和 or 、."""
    name = documents[-1].mention.short_title
    for index in range(len(documents) - 2, -1, -1):
        if folded[documents[index].end : documents[index + 1].start] not in JOINTS:
            return
        documents[index] = _with_short_title(documents[index], name)


def _with_short_title(document: Document, name: str | None) -> Document:
    return replace(document, mention=replace(document.mention, short_title=name))


def _outermost_brackets(folded: str) -> list[tuple[int, int]]:
    """Return start and end of every closed 《…》."""
    found: list[tuple[int, int]] = []
    depth = start = 0
    for index, char in enumerate(folded):
        if char == "《":
            if depth == 0 or index - start > LONGEST_TITLE:
                start, depth = index, 0
            depth += 1
        elif char == "》" and depth:
            depth -= 1
            if depth == 0 or _is_the_last_bracket(folded, index):
                found.append((start, index + 1))
                depth = 0
    return found


def _is_the_last_bracket(folded: str, index: int) -> bool:
    """Return whether a 》 ends the title despite an unclosed 《 within.

    That is so if no other bracket follows soon.
    """
    opens_before_closing = "《" in folded[index + 1 : index + 60].split("》")[0]
    return not opens_before_closing and "》" not in folded[index + 1 : index + 40]


def item_documents(
    title: list[Document], text: list[Document], approved: list[Document]
) -> tuple[tuple[DocumentMention, ...], tuple[Field[str], ...]]:
    """Return the documents of an item, and the titles of other mentions.

    Its documents are those in its title, else those it approves, including by short title.
    """
    called: dict[str | None, list[Document]] = {}
    for document in text:
        called.setdefault(document.mention.short_title, []).append(document)
    about: dict[str, Document] = {}
    for named in title or approved:
        for document in called.get(named.mention.title, [named]):
            if not _is_the_end_of(document.base, about):
                about.setdefault(document.base, document)
    for document in text:
        known = about.get(document.base)
        if known and document.mention.short_title and not known.mention.short_title:
            about[document.base] = _with_short_title(known, document.mention.short_title)
    mentions: dict[str, Field[str]] = {}
    for document in text:
        title_as_written = document.mention.title
        if title_as_written in called or _is_the_end_of(title_as_written, about):
            continue
        if not _is_meant_by(document, about.get(document.base)):
            mentions.setdefault(title_as_written, Field(title_as_written, document.mention.span))
    return tuple(document.mention for document in about.values()), tuple(mentions.values())


def _is_the_end_of(title: str, about: dict[str, Document]) -> bool:
    """Return whether a title abbreviates another: 该《实施方案》 after 《云川市防汛实施方案》."""
    return any(base.endswith(title) and base != title for base in about)


def _is_meant_by(document: Document, known: Document | None) -> bool:
    """Return whether the document is the known one, and not another draft."""
    return known is not None and (known.mention.stage is None or document.mention.stage in (None, known.mention.stage))


def blank_titles(folded: str) -> str:
    """Replace every 《…》 by blanks, so that words in titles are ignored."""
    parts = []
    place = 0
    while (opening := folded.find("《", place)) >= 0 and (closing := folded.find("》", opening)) >= 0:
        parts.append(folded[place:opening] + "〇" * (closing + 1 - opening))
        place = closing + 1
    return "".join(parts) + folded[place:]
