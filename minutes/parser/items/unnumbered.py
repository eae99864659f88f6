"""Items without numbers, separated by headings, 会议听取了…, or new decisions."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from minutes.parser.decisions.outcomes import REFERS_BACK, outcome_in
from minutes.parser.items.announced import matter_mentioned, runs_of
from minutes.parser.items.documents import documents_in
from minutes.parser.items.matters import (
    BEGINS_FURTHER_MATTER,
    DECIDES_AT_ONCE,
    NEXT_MATTERS,
    matters_within,
    sentences_in,
)
from minutes.parser.items.paragraphs import RawParagraph, paragraphs_of
from minutes.parser.items.raw_item import RawItem
from minutes.parser.items.titles import (
    EXPLAINED,
    ITEM_SENTENCE,
    REPORTED_ON_A_DOCUMENT,
    SPOKEN_ON,
    TITLE_START,
    somebody_did,
)
from minutes.parser.layout.lines import Line, line_of
from minutes.parser.source_text import Tracked, joined
from minutes.parser.vocabulary.names import TITLE_END
from minutes.parser.vocabulary.verbs import SPEECH, any_of

# 原则同意《云川市节水条例》 · 原则上通过
DECIDES_IN_PRINCIPLE = re.compile(r"原则上?(?:同意|通过)")
# 会议由市长王岚主持 · 副市长沈一舟出席会议，市政协副主席贺鸣列席会议 (still belongs to the opening)
# 会议由市长王岚主持。副市长沈一舟参加会议。
# 市长王岚主持会议并就做好下步工作讲话。
# 王岚讲话，沈一舟主持会议。 · 会议应到19人，实到13人，符合法定人数。
# 根据安排，会议采取视频形式召开。 · 副县长沈一舟、周禾；各成员单位主要负责人参加会议。
IS_ABOUT_THE_MEETING = re.compile(
    r"(?:会议由[^。；：]{2,30}主持[^。；：]{0,12}(?:[。；]|$)"
    r"|(?:本次|此次)?会议应到[^。；：《》]{4,80}(?:[。；]|$)"
    r"|[^。；：《》]{2,80}主持了?会议(?:并[^。；：]{0,12})?(?:[。；]|$)"
    r"|(?:(?:根据|按照)[^，。；]{2,20}，)?(?:本次|此次)?会议(?:采取|采用|以)[^，。；：《》]{2,30}(?:形式|方式)(?:召开|举行|进行)?(?:[。；]|$)"
    r"|[^。；：《》]{2,400}(?:；[^。；：《》]{2,40})?(?:出席|列席|参加)了?(?:本次|此次)?(?:会议|(?:有关|相关)议题)[^。；：《》]{0,12}(?:[。；]|$)){1,6}"
)
# 会议指出，防汛工作 · 王岚强调，防汛工作 (no matter, only what was said)
# 县长王岚指出，防汛工作 · 王岚讲话要求 · 王岚在讲话中强调 · 就防汛工作，王岚指出 · 针对当前汛情。王岚要求
ONLY_SPEECH = re.compile(
    rf"(?:(?:就|针对|围绕|关于)[^，。；《]{{2,40}}[，。])?(?:(?:会议|会上，?)?(?:首先|还)?|(?!会议)(?:[\u4e00-\u9fff、]{{1,20}}{TITLE_END})?"
    rf"[\u4e00-\u9fff]{{2,4}}(?:同志)?|他)(?:讲话|在(?:讲话|会上|总结)[^，。；]{{0,4}})?{any_of(SPEECH)}"
)
# 审议《云川市公交发展规划》
DELIBERATED_DOCUMENT = re.compile(r"审议《[^《》]{4,80}》")
# 《云川市公交发展规划》
NAMED_DOCUMENT = re.compile(r"《[^《》]{4,80}》")
# 会议还听取了市水务局关于防汛的汇报。 · 会议还对防汛工作进行了部署 · 会议还研究了干部任免事宜。
# 会议还听取和审议了县政府关于2021年决算的报告
# 会议还审议了有关人事任免案。 · 会议还传达学习了全省防汛会议精神。
# 会议还研究了《云川市节水条例》等事项 (a matter, although named at the end without a number)
MATTER_AT_THE_END = re.compile(
    r"(?:此外，|另外，)?(?:会上，?|会议)(?:还|另|另外|同时|一并)(?:分别)?(?:(?:研究|审议|审定|讨论|听取|通过|传达学习|传达|学习)[^。]{0,60}?《"
    r"|(?:听取(?:和|并)?审议|审查批准|审议批准)了?(?![^。]*其[他它](?:有关|相关)?(?:事项|工作|议题|问题|事宜))[^。]{6,200}?(?:报告|决算|预算|情况|议案|草案)"
    r"|听取了?(?![^。]*其[他它])[^，。；]{4,80}(?:汇报|报告|通报)[。，]|(?:就|对)(?![^。]*其[他它])[^，。；]{4,60}(?:进行|作)了?(?:专题)?(?:研究|讨论|安排|部署)"
    r"|审议(?:通过)?了?(?![^。]*其[他它])[^，。；、]{0,12}(?:人事)?任免(?:事项|名单|议案|案)?。"
    r"|(?:传达学习|传达|学习)了?(?![^。]*其[他它])[^。]{4,200}精神[，。]"
    r"|研究了?(?![^。]*(?:等|其[他它]))[^，。；、]{4,80}(?:事宜|事项|问题|安排)。)"
)

# 会议就防汛、绿化等工作进行了专题研究。 · 会议围绕防汛、绿化作了部署。
DEALT_WITH_SEVERAL = re.compile(
    r"会议(?:还|分别)?(?:就|对|围绕)[^。；《]{4,120}(?:进行|作|做|开展)了?[^，。；]{2,10}。$"
)

# 议题：审议《云川市节水条例》 (a label before each title)
HEADING_LABEL = re.compile(r"(?:会议)?(?:议题|事项)(?:名称)?：")

AROUND_TITLE = "。：；【】[]〔〕 "
HEADING_LIMIT = 80
# An agenda before the decisions names this many documents, decided by as many paragraphs.
FEWEST_ON_AN_AGENDA = 2
LENGTH_OF_WORDS = 4


def unnumbered_items(lines: list[Line], width: int | None) -> tuple[list[Line], list[RawItem], list[Line]]:
    """Return the items, the preceding sentence that only lists their matters, and what was said of all of them."""
    paragraphs = [part for paragraph in paragraphs_of(lines, width) for part in matters_within(paragraph)]
    preface: list[Line] = []
    if paragraphs and not paragraphs[0].is_of_a_table:
        paragraphs[:1] = _apart_from_the_meeting(paragraphs[0])
    while paragraphs and not paragraphs[0].marker and IS_ABOUT_THE_MEETING.fullmatch(paragraphs[0].text.folded):
        preface.append(line_of(paragraphs.pop(0).text))
    paragraphs = _split_off_agenda(paragraphs)
    if _is_agenda_first(paragraphs) or _lists_what_is_spoken_on(paragraphs):
        preface.append(line_of(paragraphs.pop(0).text))
    if not paragraphs:
        return preface, [], []
    said = _said_before_the_matters(paragraphs)
    paragraphs = paragraphs[len(said) :]
    headings = [index for index, paragraph in enumerate(paragraphs[:-1]) if _is_heading(paragraph)]
    starts = headings if headings[:1] == [0] else [0, *(start for start in _item_sentences(paragraphs) if start)]
    items = []
    for start, end in zip(starts, [*starts[1:], len(paragraphs)], strict=True):
        item = RawItem(None, paragraphs=paragraphs[start:end])
        if _is_heading(paragraphs[start]) and start < len(paragraphs) - 1:
            heading = item.paragraphs.pop(0).text
            label = HEADING_LABEL.match(heading.folded)
            item.title = heading[label.end() if label else 0 :].stripped(AROUND_TITLE)
        else:
            item.take_title_from_text()
            _prefer_a_document(item)
        items.append(item)
    return preface, items, [*(line_of(one.text) for one in said), *_give_out_what_was_said(items)]


def _apart_from_the_meeting(paragraph: RawParagraph) -> list[RawParagraph]:
    """Split a first sentence on the meeting itself off a paragraph that goes on with a matter."""
    first, *further = sentences_in(paragraph.text) or [(0, paragraph.text)]
    is_apart = further and not paragraph.marker and IS_ABOUT_THE_MEETING.fullmatch(first[1].folded)
    if not is_apart or not ITEM_SENTENCE.match(further[0][1].folded):
        return [paragraph]
    start = further[0][0]
    return [
        RawParagraph(None, paragraph.text[:start].stripped()),
        RawParagraph(None, paragraph.text[start:].stripped()),
    ]


def _said_before_the_matters(paragraphs: list[RawParagraph]) -> list[RawParagraph]:
    """Return the statements above the first matter, if there is one."""
    said = list(takewhile(_only_says_something, paragraphs))
    behind = paragraphs[len(said) :]
    return said if behind and ITEM_SENTENCE.match(behind[0].text.folded) else []


def _only_says_something(paragraph: RawParagraph) -> bool:
    """Return whether a paragraph is a statement that names no document."""
    folded = paragraph.text.folded
    return not paragraph.marker and ONLY_SPEECH.match(folded) is not None and not NAMED_DOCUMENT.search(folded)


def _give_out_what_was_said(items: list[RawItem]) -> list[Line]:
    """Move statements behind matters listed in one paragraph to the one they mention; return those of no single one."""
    first = len(items) - 1
    while first > 0 and items[first].paragraphs[0].is_listed:
        first -= 1
    last = items[-1]
    spoken = next(
        (index for index, one in enumerate(last.paragraphs) if index and ONLY_SPEECH.match(one.text.folded)), None
    )
    if first == len(items) - 1 or spoken is None or any(one.marker for one in last.paragraphs[spoken:]):
        return []
    said, last.paragraphs[spoken:] = last.paragraphs[spoken:], []
    return assigned(said, items[first:])


def give_out(lines: list[Line], items: list[RawItem], width: int | None) -> list[Line]:
    """Add what lines below a list of matters say to the one they mention; return those of none or several."""
    return assigned(paragraphs_of(lines, width), items) if lines else []


def assigned(said: list[RawParagraph], items: list[RawItem]) -> list[Line]:
    """Add each statement to the item that it mentions; return those that mention none or several."""
    left: list[Line] = []
    about: RawItem | None = None
    for paragraph in said:
        if ONLY_SPEECH.match(paragraph.text.folded):
            about = matter_mentioned(items, paragraph.text.folded)
        if about:
            about.paragraphs.append(paragraph)
        else:
            left.append(line_of(paragraph.text))
    return left


def item_at_the_end(closing: list[Line]) -> tuple[list[Line], list[RawItem]]:
    """Split a matter with a document off the closing, as an item."""
    text = joined([line.text for line in closing]).compact
    sentences = [sentence for _, sentence in sentences_in(text)]
    if not sentences or not MATTER_AT_THE_END.match(sentences[0].folded):
        return closing, []
    items = [RawItem(None, paragraphs=[matter]) for matter in matters_within(RawParagraph(None, sentences[0]))]
    for item in items:
        item.take_title_from_text()
    of_paragraph = closing[0].text[len(sentences[0]) :].stripped()
    if ONLY_SPEECH.match(of_paragraph.folded):
        # What is said in the same paragraph is said of the matter.
        items[-1].paragraphs.append(RawParagraph(None, of_paragraph))
        return closing[1:], items
    rest = text[len(sentences[0]) :].stripped()
    return [line_of(rest)] if rest else [], items


def _split_off_agenda(paragraphs: list[RawParagraph]) -> list[RawParagraph]:
    """Split an agenda off the decisions in its paragraph, and these from each other."""
    parts = [part for paragraph in paragraphs for part in _cut_before_decisions(paragraph)]
    return parts if _is_agenda_first(parts) and not _is_agenda_first(paragraphs) else paragraphs


def _cut_before_decisions(paragraph: RawParagraph) -> list[RawParagraph]:
    """Split an unnumbered paragraph before each sentence starting with a decision."""
    if paragraph.marker or paragraph.is_of_a_table or not paragraph.text:
        return [paragraph]
    sentences = sentences_in(paragraph.text)
    cuts = [start for start, sentence in sentences if start and DECIDES_AT_ONCE.match(sentence.folded)]
    bounds = pairwise([0, *cuts, len(paragraph.text)])
    return [RawParagraph(None, paragraph.text[start:end].stripped()) for start, end in bounds]


def _is_agenda_first(paragraphs: list[RawParagraph]) -> bool:
    """Return whether the first paragraph only lists documents decided further below."""
    if not paragraphs or paragraphs[0].marker or outcome_in(paragraphs[0].text):
        return False
    listed = {document.base for document in documents_in(paragraphs[0].text)}
    decided = {
        document.base
        for paragraph in paragraphs[1:]
        if DECIDES_AT_ONCE.match(paragraph.text.folded)
        for document in documents_in(paragraph.text)[:1]
    }
    return len(listed & decided) >= FEWEST_ON_AN_AGENDA


def _lists_what_is_spoken_on(paragraphs: list[RawParagraph]) -> bool:
    """Return whether the first paragraph only lists the matters of several statements below.

    会议就防汛、绿化等工作进行了研究。 · 就防汛工作，王岚指出 · 就绿化工作，王岚要求
    """
    first = paragraphs[0].text.folded if paragraphs and not paragraphs[0].marker else ""
    spoken_on = [found["matter"] for one in paragraphs[1:] if (found := SPOKEN_ON.match(one.text.folded))]
    lists = first.count("。") == 1 and "、" in first and DEALT_WITH_SEVERAL.match(first)
    return bool(lists) and len(spoken_on) >= FEWEST_ON_AN_AGENDA and any(_share_words(first, one) for one in spoken_on)


def _share_words(text: str, matter: str) -> bool:
    """Return whether the text has some four characters of the matter in a row."""
    return any(word in text for word in runs_of(matter, LENGTH_OF_WORDS))


def _item_sentences(paragraphs: list[RawParagraph]) -> list[int]:
    """Return the paragraphs that start a matter, else those that decide, if several."""
    numbered = next((index for index, paragraph in enumerate(paragraphs) if paragraph.marker), len(paragraphs))
    starts = [
        index
        for index, paragraph in enumerate(paragraphs[:numbered])
        if paragraph.is_listed
        or any(form.match(paragraph.text.folded) for form in (ITEM_SENTENCE, BEGINS_FURTHER_MATTER, NEXT_MATTERS))
    ]
    starts = sorted(
        {*starts, *(index for index in range(1, numbered) if _then_told(paragraphs[index]))} if starts else starts
    )
    spoken_on = [
        index for index, paragraph in enumerate(paragraphs[:numbered]) if SPOKEN_ON.match(paragraph.text.folded)
    ]
    if len(spoken_on) >= FEWEST_ON_AN_AGENDA:
        starts = sorted({*starts, *spoken_on})
    if starts or numbered < len(paragraphs):
        return sorted([*starts, *_deciding_on_something_new(paragraphs[:numbered], starts)])
    deciding = [index for index, paragraph in enumerate(paragraphs) if _decides(paragraph.text)]
    return deciding if len(deciding) > 1 else []


def _then_told(paragraph: RawParagraph) -> bool:
    """Return whether somebody told of a further matter there: 随后，副市长沈一舟通报了经济运行情况."""
    return paragraph.text.folded.startswith(("随后", "接着")) and somebody_did(paragraph.text.folded) is not None


def _decides(text: Tracked) -> bool:
    """Return whether a paragraph decides on something it names."""
    at_once = DECIDES_AT_ONCE.match(text.folded)
    if at_once and not DECIDES_IN_PRINCIPLE.search(at_once[0]):
        return not REFERS_BACK.match(text.folded, at_once.end())
    return DECIDES_IN_PRINCIPLE.search(text.folded) is not None


def _deciding_on_something_new(paragraphs: list[RawParagraph], starts: list[int]) -> list[int]:
    """Return the paragraphs starting with a decision on something not named before."""
    found = []
    so_far = ""
    begins_with_a_decision = False
    for index, paragraph in enumerate(paragraphs):
        folded = paragraph.text.folded
        at_once = DECIDES_AT_ONCE.match(folded)
        named = NAMED_DOCUMENT.search(folded)
        if named:
            told = REPORTED_ON_A_DOCUMENT.match(folded) or EXPLAINED.match(folded)
            begins = (at_once and at_once["document"]) or told
            is_new = bool(begins) and named[0] not in so_far
        else:
            is_new = at_once is not None and begins_with_a_decision and not REFERS_BACK.match(folded, at_once.end())
        if index in starts or (is_new and index):
            so_far, begins_with_a_decision = "", bool(at_once)
            if index not in starts:
                found.append(index)
        so_far += folded
    return found


def _prefer_a_document(item: RawItem) -> None:
    """Name an item starting with 指出 or 强调 after its first paragraph's document."""
    text = item.paragraphs[0].text
    spoken = ONLY_SPEECH.match(text.folded)
    if item.title is None or not spoken:
        return
    first = NAMED_DOCUMENT.search(text.folded)
    deliberated = DELIBERATED_DOCUMENT.search(text.folded)
    # 会议指出，《云川市节水条例》是…: what begins with a document is about it, whatever is deliberated next.
    about_it = first and first.start() <= spoken.end() + 1 and first[0] not in (deliberated or first)[0]
    named = first if about_it else deliberated or first
    if named:
        item.title = text[named.start() : named.end()]


def _is_heading(paragraph: RawParagraph) -> bool:
    """Return whether the paragraph is a heading rather than a sentence."""
    folded = HEADING_LABEL.sub("", paragraph.text.folded.strip("〔〕"))
    return (
        paragraph.marker is None
        and not paragraph.is_listed
        and len(folded) <= HEADING_LIMIT
        and "。" not in folded
        and not folded.endswith(("；", "，"))
        and TITLE_START.match(folded) is not None
        and not ITEM_SENTENCE.match(folded)
    )
