"""Matters that the opening names, or deals with itself."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from minutes.parser.decisions.outcomes import outcome_in
from minutes.parser.items.announced import has_words_of, is_the_same, matter_mentioned
from minutes.parser.items.documents import blank_titles, documents_in
from minutes.parser.items.markers import markers_of
from minutes.parser.items.matters import DECIDES_AT_ONCE, SPOKE, sentences_in
from minutes.parser.items.paragraphs import RawParagraph, paragraphs_of
from minutes.parser.items.raw_item import RawItem
from minutes.parser.items.titles import BEGINS_WITH_AN_ACTION, ITEM_SENTENCE, matter_of
from minutes.parser.items.unnumbered import (
    FEWEST_ON_AN_AGENDA,
    IS_ABOUT_THE_MEETING,
    ONLY_SPEECH,
    assigned,
    unnumbered_items,
)
from minutes.parser.layout.lines import Line, line_of
from minutes.parser.source_text import NOTHING, Tracked, joined
from minutes.parser.vocabulary.verbs import ACTIONS, any_of

# 主持召开第12次常务会议，传达学习省委会议精神；审议节水方案 (matters named within the sentence of the meeting)
# 第12次常务会议召开，听取节水情况汇报 · 召开第12次常务会议，会议学习《云川市节水条例》
# 召开第12次常务会议，对《云川市节水条例》进行研究 · 召开第12次常务会议。传达学习省委会议精神
# 召开党组会议专题听取节水情况汇报
NAMED_WITH_THE_MEETING = re.compile(
    rf"(?:会议(?=专题|集中)|(?:会议?(?:召开)?|次)[，。])(?=(?:会议)?(?:专题|集中|深入|认真|迅速|进一步|全面|再次)?(?:{any_of(ACTIONS)}"
    rf"|(?:就|对)[^，。；]{{2,80}}(?:进行|作)了?(?:专题)?{any_of(ACTIONS)}))"
)
# （传达学习省委会议精神。） · （传达学习省委会议精神），县委书记王岚主持会议并讲话 (where the matters so named end)
END_OF_THE_NAMED = re.compile(r"。|，(?=(?:会议由)?[^，。；：《》]{2,30}主持(?:会议|并|。))")
# （听取节水情况汇报），对《云川市节水条例》进行研究
# （传达学习省委会议精神），研究审议了节水方案 · （听取节水情况汇报），审议《云川市节水条例》 (not ，研究部署节水工作)
NEXT_OF_THE_LIST = re.compile(
    rf"；|，(?=对[^，。；]{{2,80}}进行了?(?:专题|集体)?(?:研究|讨论|审议)(?:$|[，。；]))|，(?=(?:专题|集中|组织)?(?!(?:研究)?(?:部署|贯彻|谋划)|研究[^，。；]{{0,10}}贯彻|[^，。；]{{2,6}}(?:有关|相关|其[他它])(?:事项|工作|事宜|问题|议题|文件)(?:$|[，。；])|[^，。；]{{0,6}}下一?(?:步|阶段)){any_of(ACTIONS)})"
)
# 会上，江集、靳营两村汇报了进度 · 王岚指出，防汛工作 (in a text of one paragraph)
TELLS_WHAT_WAS_SAID = re.compile(rf"会[上前]，|{ONLY_SPEECH.pattern}")
# 会上，讨论气氛热烈 · 与会人员踊跃发言 · 大家一致认为 (likewise)
OF_NO_MATTER = re.compile(r"会[上中]，?讨论气氛|会议期间|与会(?:人员|同志|领导|代表)|大家")
# 听取防汛准备情况汇报 · 审议《云川市节水条例》 · 传达学习省委经济工作会议精神 (not 听取有关工作汇报, 审议有关文件)
SAYS_WHICH_MATTER = re.compile(
    r"(?:听取|通报)(?!了?(?:有关|相关|近期|重点|各)?(?:单位|部门)?(?:工作|事项|情况))[^。；]{6,80}(?:汇报|报告|情况|通报)|(?:审议|审定|研究|讨论)[^。；《]{0,20}《"
    r"|(?:传达|学习){1,2}(?![^。；]*(?:有关|相关|上级|系列|省市|近期)(?:重要)?(?:会议|文件|精神|讲话|要求|指示))[^。；]{6,160}(?:会议精神|讲话精神|《)"
)


def split_opening(opening: list[Line], body: list[Line]) -> tuple[list[Line], list[Line]]:
    """Move matters from the opening to the body.

    If the body treats them, the opening only announces them; it treats a matter itself if it gives the outcome, or if
    the body has no matter of its own.
    """
    text = joined([line.text for line in opening]).compact
    for start, sentence in sentences_in(text):
        begins = ITEM_SENTENCE.match(sentence.folded) or (not body and _tells_what_was_said(sentence))
        if not start or not begins:
            continue
        if body and not _deals_with_its_own(text[start:], body) and not _only_speaks(body):
            continue
        before, behind = text[:start].stripped(), text[start:].stripped()
        about_meeting: list[Line] = []
        while (last := sentences_in(behind)[-1])[0] and IS_ABOUT_THE_MEETING.fullmatch(last[1].folded):
            about_meeting.insert(0, line_of(last[1]))
            behind = behind[: last[0]].stripped()
        return [line_of(before), *about_meeting], [Line(behind, behind, ends_paragraph=True)]
    return opening, []


def _tells_what_was_said(sentence: Tracked) -> bool:
    """Return whether the sentence says what was decided on a document, or what somebody said."""
    decides = DECIDES_AT_ONCE.match(sentence.folded)
    return bool(decides and decides["document"]) or TELLS_WHAT_WAS_SAID.match(sentence.folded) is not None


def _only_speaks(body: list[Line]) -> bool:
    """Return whether the body starts with statements (会议强调，…) without a matter."""
    speaks = ONLY_SPEECH.match(body[0].folded) or OF_NO_MATTER.match(body[0].folded)
    return speaks is not None and not any(markers_of(line) or ITEM_SENTENCE.match(line.folded) for line in body)


def _deals_with_its_own(text: Tracked, body: list[Line]) -> bool:
    """Return whether a text has outcomes on documents that the body does not name."""
    text_below = "".join(line.text.chars for line in body)
    named_below = any(document.mention.title in text_below for document in documents_in(text))
    return not named_below and any(outcome_in(sentence) for sentence in text.parts("。"))


def items_named_in(opening: list[Line]) -> tuple[list[Line], list[RawItem]]:
    """Split matters named in the sentence on the meeting off the opening, as items."""
    introduction, items, rest = _named_with_the_meeting(opening)
    if not items:
        return opening, []
    if len(items) == 1 and (DECIDES_AT_ONCE.match(rest.folded) or SPOKE.match(rest.folded)):
        items[0].paragraphs.append(RawParagraph(None, rest))
        return [line_of(introduction)], items
    return [line_of(introduction), *([line_of(rest)] if rest else [])], items


def items_spoken_of(
    opening: list[Line], body: list[Line], width: int | None
) -> tuple[list[Line], list[RawItem], list[Line]]:
    """Return matters named in the sentence on the meeting, if the body has none, and who came, named before them.

    Statements are assigned to the matter they name; those with none or several are returned as lines. Matters that the
    body adds behind statements, and the opening does not name, follow.
    """
    _, items, _ = _named_with_the_meeting(opening)
    about_meeting = list(takewhile(lambda line: IS_ABOUT_THE_MEETING.fullmatch(line.folded), body))
    body = body[len(about_meeting) :]
    own = [line for line in body if markers_of(line) or ITEM_SENTENCE.match(line.folded)]
    adds = own and ONLY_SPEECH.match(body[0].folded) and not any(map(markers_of, body))
    if adds and not any(_is_announced(items, matter_of(line.text)) for line in own):
        start = body.index(own[0])
        body, further = body[:start], body[start:]
        own = []
    else:
        further = []
    text = joined([line.text for line in body]).compact
    alone = len(items) == 1 and further
    if (len(items) < FEWEST_ON_AN_AGENDA and not alone) or not body or own or any(map(outcome_in, text.parts("。"))):
        return [], [], []
    if alone:
        # What is said below the opening, above further matters, is of the one that it names.
        items[0].paragraphs += paragraphs_of(body, width)
        said = []
    else:
        said = assigned(paragraphs_of(body, width), items)
    _, added, said_below = unnumbered_items(further, width) if further else ([], [], [])
    return about_meeting, [*items, *added], [*said, *said_below]


def items_only_named(opening: list[Line], items: list[RawItem], below: Tracked) -> list[RawItem]:
    """Return the matters that only the sentence on the meeting names: no word of theirs is in the text `below`.

    Numbered items are taken to be complete.
    """
    if not items or any(item.marker for item in items):
        return []
    _, named, _ = _named_with_the_meeting(opening)
    spans = {item.title.span for item in items if item.title}
    return [
        item
        for item in named
        if item.title
        and item.title.span not in spans
        and SAYS_WHICH_MATTER.match(item.title.folded)
        and (not has_words_of(item, below.folded) or _names_a_document_of_its_own(item.title, below))
        and not any(is_the_same(item, other) for other in items)
    ]


def _names_a_document_of_its_own(title: Tracked, below: Tracked) -> bool:
    """Return whether all documents of a matter are named in the opening only."""
    documents = documents_in(title)
    return bool(documents) and not any(document.mention.title in below.chars for document in documents)


def _is_announced(items: list[RawItem], matter: Tracked) -> bool:
    """Return whether one of the items announces the matter: by its words, or by doing the same with others."""
    verb = BEGINS_WITH_AN_ACTION.match(matter.folded)
    titles = [item.title.folded for item in items if item.title]
    same = verb is not None and any(title.startswith(verb[0]) for title in titles)
    return same or matter_mentioned(items, matter.folded) is not None


def _named_with_the_meeting(opening: list[Line]) -> tuple[Tracked, list[RawItem], Tracked]:
    """Split the opening into text, matters named with the meeting, and the rest."""
    text = joined([line.text for line in opening]).compact
    named = NAMED_WITH_THE_MEETING.search(text.folded)
    over = END_OF_THE_NAMED.search(text.folded, named.end()) if named else None
    end = over.start() if over else -1
    if not named or end < 0:
        return text, [], NOTHING
    sentences = takewhile(lambda one: BEGINS_WITH_AN_ACTION.match(one[1].folded), sentences_in(text[end + 1 :]))
    further = [(end + 1 + start, sentence) for start, sentence in sentences]
    listed = [text[named.end() : end], *(sentence.stripped("。") for _, sentence in further)]
    items = [
        RawItem(None, paragraphs=[RawParagraph(None, part)]) for sentence in listed for part in _listed_in(sentence)
    ]
    for item in items:
        item.take_title_from_text()
    end = further[-1][0] + len(further[-1][1]) if further else end + 1
    return text[: named.end()], items, text[end:].stripped()


def _listed_in(sentence: Tracked) -> list[Tracked]:
    """Return the matters listed in a sentence, except documents."""
    marks = [mark.start() for mark in NEXT_OF_THE_LIST.finditer(blank_titles(sentence.folded))]
    return [
        sentence[start:end].stripped("，；,;") for start, end in pairwise([0, *marks, len(sentence)]) if end > start
    ]
