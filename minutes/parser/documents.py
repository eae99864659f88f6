"""The 《documents》 of a text: title, stage, short title, however they are nested."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from minutes.parser.records import DocumentMention, Field
from minutes.parser.tracked import Tracked

STAGE = (
    r"(?:[\u4e00-\u9fff]{0,6}(?:草案|草稿|送审稿|修订稿|征求意见稿|讨论稿|审议稿|审定稿|报审稿|修改稿|代拟稿|初稿|稿)|试行|暂行|修订|修正|修正案|修订版|[\u4e00-\u9fff]{2}版)"
)
# …管理办法（草案） (the stage at the end of the title)
STAGE_WITHIN = re.compile(rf".*（(?P<stage>{STAGE}(?:[、，]?{STAGE})?)）")
# 《云川市公交管理办法》（草案） · 《…》（以下简称《管理办法》） · 《…》（草案，以下简称《办法》）
STAGE_BEHIND = re.compile(rf"（(?P<stage>{STAGE})(?=）|，)")
SHORT_TITLE = re.compile(
    r"[（，](?:以下|下)(?:统|均)?(?:简称|统称|称)为?：?(?P<counted>[两二三四五六]个|上述)?(?:《(?P<title>[^《》]{1,30})》|“(?P<quoted>[^“”]{1,30})”|(?P<bare>[^《》“”（），。]{1,20}))）"
)


@dataclass(frozen=True)
class Document:
    """A document with the place of its brackets in the text it was found in."""

    mention: DocumentMention
    start: int
    end: int

    @property
    def base(self) -> str:
        """The title as it stays the same over the drafts: without its stage."""
        return base_title(self.mention.title, self.mention.stage)


def base_title(title: str, stage: str | None) -> str:
    """The title without the bracketed stage at its end."""
    if stage:
        for opening, closing in (("（", "）"), ("(", ")")):
            title = title.removesuffix(f"{opening}{stage}{closing}")
    return title


def documents_in(text: Tracked) -> list[Document]:
    """Every outermost 《…》 of a compact text, in its order."""
    documents: list[Document] = []
    for start, end in _outermost_brackets(text.folded):
        inside = text[start + 1 : end - 1]
        if not inside:
            continue
        within = STAGE_WITHIN.fullmatch(inside.folded)
        behind = STAGE_BEHIND.match(text.folded, end)
        stage = within["stage"] if within else behind["stage"] if behind else None
        after = behind.end() if behind and not within else end
        if text.folded[after : after + 1] == "）":
            after += 1
        short = SHORT_TITLE.match(text.folded, after) or (SHORT_TITLE.match(text.folded, behind.end()) if behind else None)
        name = (short["title"] or short["quoted"] or short["bare"]) if short else None
        mention = DocumentMention(inside.chars, stage, name, text[start:end].span)
        documents.append(Document(mention, start, end))
        if short and short["counted"]:
            documents = _share_short_title(documents, text.folded, name)
    return documents


def _share_short_title(documents: list[Document], folded: str, name: str | None) -> list[Document]:
    """The documents; those joined to the last one by 和 or 、 carry the short title given to all of them."""
    shared = list(documents)
    for index in range(len(shared) - 2, -1, -1):
        between = folded[shared[index].end : shared[index + 1].start]
        if between not in ("", "、", "和", "及", "与", "以及"):
            break
        shared[index] = replace(shared[index], mention=replace(shared[index].mention, short_title=name))
    return shared


def _outermost_brackets(folded: str) -> list[tuple[int, int]]:
    """Start and end of every 《…》; one that is never closed ends nowhere and is left out."""
    found: list[tuple[int, int]] = []
    depth = start = 0
    for index, char in enumerate(folded):
        if char == "《":
            if depth == 0 or index - start > 300:
                start, depth = index, 0
            depth += 1
        elif char == "》" and depth:
            depth -= 1
            if depth == 0:
                found.append((start, index + 1))
            elif "《" not in folded[index + 1 : index + 60].split("》")[0] and "》" not in folded[index + 1 : index + 40]:
                found.append((start, index + 1))
                depth = 0
    return found


def item_documents(title: list[Document], text: list[Document], approved: list[Document]) -> tuple[tuple[DocumentMention, ...], tuple[Field[str], ...]]:
    """What an item is about (the documents of its title, else those it approves), and every other document it names."""
    about: dict[str, Document] = {}
    for document in title or approved:
        about.setdefault(document.base, document)
    shorts: set[str] = set()
    for document in text:
        if document.mention.short_title:
            shorts.add(document.mention.short_title)
            known = about.get(document.base)
            if known and not known.mention.short_title:
                about[document.base] = replace(
                    known, mention=replace(known.mention, short_title=document.mention.short_title)
                )
    mentions: dict[str, Field[str]] = {}
    for document in text:
        known = about.get(document.base)
        if document.mention.title in shorts or (known and document.mention.stage in (None, known.mention.stage)):
            continue
        if known and known.mention.stage is None:
            continue
        mentions.setdefault(document.mention.title, Field(document.mention.title, document.mention.span))
    return tuple(document.mention for document in about.values()), tuple(mentions.values())
