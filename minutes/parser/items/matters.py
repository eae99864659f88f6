"""Where further matters begin within a paragraph: 会议听取了…，审议了…；研究了…."""

from __future__ import annotations

import re

from minutes.parser.decisions.outcomes import outcome_in
from minutes.parser.items.announced import runs_of
from minutes.parser.items.documents import blank_titles, documents_in
from minutes.parser.items.paragraphs import RawParagraph
from minutes.parser.items.titles import ITEM_SENTENCE, somebody_did
from minutes.parser.source_text import Tracked
from minutes.parser.vocabulary.verbs import ACTIONS, THE_MEETING, any_of

# 会议原则同意《云川市节水条例》 · 会议审议并通过了县水务局的意见 · 会议同意，县水务局提交的方案
DECIDES_AT_ONCE = re.compile(
    r"会议(?:审议|研究|讨论)?(?:并|后)?(?:一致)?(?:原则上?)?(?:同意|通过|批准)(?P<document>了?《)?"
)
# 会议审议了《云川市节水条例》 · 会议还研究通过了道路命名方案 (a sentence that begins a matter amid a paragraph)
# 会议听取市水务局关于防汛的汇报。
MATTER_WITHIN = re.compile(
    rf"(?:{THE_MEETING}|会上，?)(?:还|又|再次|专题|集中|分别|一并)?{any_of(ACTIONS)}"
    r"(?:审议|审定|讨论|通过|部署|贯彻|并|和|一致|原则上?|同意){0,4}(?:了(?!解)|《|(?=[^，。；]{2,60}(?:汇报|通报)[，。]))"
)
# 随后，会议对下步移民工作进行部署安排 (likewise)
MEETING_WENT_ON = re.compile(r"(?:随后|接着)，会议(?:就|对|围绕)[^，。；]{2,60}(?:进行|作)了?(?:部署|安排|研究|讨论)")
# 研究了市水务局《关于购置水泵的请示》 · 书面听取了防汛准备情况的汇报 (a further matter, cut off)
# 认真学习了《云川市节水条例》 · 审议并原则通过了节水方案 · 审查批准了2021年财政决算 · 同时学习了《云川市节水条例》
BEGINS_FURTHER_MATTER = re.compile(
    rf"(?:书面|专题|集中|分别|还|同时|认真|深入|再次)?{any_of(ACTIONS)}(?:和|并)?(?:审议|审定|讨论|部署|贯彻)?(?:并?(?:一致|原则上?)?(?:通过|同意|批准))?"
    r"了(?!解|该|此|上述|以上|这[一两三些个])"
)
# 研究并原则通过市水务局《关于购置水泵的请示》 · 审议通过《云川市节水条例》 (the same in the present)
APPROVES_A_FURTHER_MATTER = re.compile(
    r"(?:研究|审议|审定|讨论)(?:审议|审定|讨论)?并?(?:一致|原则上?)?(?:通过|同意)(?!了?(?:该|此|上述|以上|这))[^，。；《〇]{0,40}[《〇]"
)
# 研究决定了召开常委会会议的具体事宜
# 研究讨论了城市建设、文物保护等具体问题 · 研究了城区绿化方案 (not 研究了有关问题, 研究了贯彻意见)
FURTHER_QUESTIONS = re.compile(
    r"(?:研究|审议|讨论)(?:审议|审定|讨论|研究|决定)?了(?!解|有关|相关|存在|下一?步|具体|贯彻|我[省市县区]|其[他它])"
    r"[^，。；]{4,80}(?:问题|事项|事宜|工作|方案|议题|安排|议程|日程|（草案）|意见|名单)(?=[，。；]|$)"
)
# 听取防汛情况汇报，审议《云川市节水条例》
# 审议节水条例；听取防汛情况汇报 · 研究绿化工作；传达学习县委会议精神 (before the meeting says anything)
IN_THE_PRESENT = re.compile(
    r"，(?=(?:学习|传达学习|传达|听取|通报)(?!了)[^，。；]{4,80}(?:精神|情况|汇报|报告)[，。；]|研究推[动进](?![我本全][省市县区])[^，。；]{4,40}工作[，。；])"
    r"|，(?=(?:审议|审定|讨论|学习)(?!了)[《〇])"
    r"|；(?=(?:审议|听取|传达学习|学习传达|传达|学习|讨论|通报)(?!了))"
)
# 研究防汛、绿化等工作， · 听取节水情况等有关事项。 (further matters of a list, in the present)
NEXT_MATTERS = re.compile(
    r"(?:审议|听取|传达学习|研究(?!解决|部署|推进|贯彻|落实|制定|提出|决定|同意|确定|通过|并|下))"
    r"[^，。；]{2,80}(?:等(?:有关|相关)?(?:工作|事项|事宜|问题|议题)|(?:有关|相关)(?:问题|事项|事宜)|事宜)[，。]"
)
# （会议讨论了节水方案）、听取了关于防汛准备的汇报
# （会议审定了节水方案）；研究了市水务局《关于购置水泵的请示》 (a further matter in the list of one sentence)
# （与会人员学习了《云川市节水条例》）；会议听取了县水务局的汇报
# （会议审议《云川市节水条例》），研究防汛、绿化等工作。
# （会议传达了省委会议精神），通报了防汛准备情况 · （会议学习了《云川市节水条例》），讨论了《云川市公交规划》
# （会议审议了预算），听取了县水务局关于防汛的汇报 · （会议研究了绿化工作），审议了“三公”经费
FURTHER_MATTER = re.compile(
    rf"、(?={any_of(ACTIONS)}了(?!解))|；(?=会议(?:还)?{any_of(ACTIONS)}了(?!解))|；(?=(?:审议|表决|协商|讨论)?通过(?:了|大会|各项))|；(?=听取并(?:审议)?通过)|；(?=(?:安排)?{BEGINS_FURTHER_MATTER.pattern})|(?<!会[上前])(?<!形式)(?<!方式)，(?={BEGINS_FURTHER_MATTER.pattern}(?:[^，。；《〇“]{{0,20}}[《〇“]|[^，。；]{{2,60}}(?:汇报|报告|通报|精神)))"
    r"|(?<!会[上前])，(?=通报了[^，。；]{2,60}(?:情况|问题|形势)(?:[，。；]|$))"
    rf"|(?<!会[上前])，(?=(?:审议|研究|讨论)并?(?:原则上?|一致)?通过了(?!该|此|上述|以上|这)|{NEXT_MATTERS.pattern}|{APPROVES_A_FURTHER_MATTER.pattern}|{FURTHER_QUESTIONS.pattern})"
)
# 会上，县水务局、县应急局汇报了防汛情况
UNIT_REPORTED = re.compile(r"会[上前]，?[^，。；]{2,30}(?:分别)?(?:汇报|通报)了")
# （会上，县水务局汇报了防汛情况）；县住建局通报了燃气安全情况
REPORTED_TOO = re.compile(r"；(?=[^，。；]{2,30}(?:汇报|通报)了)")
# 会议还听取关于节水的汇报 · 会议还审议通过了《云川市节水条例》 (one matter more)
MEETING_ALSO = re.compile(rf"会议(?:还|又)(?:书面|专题|集中)?{any_of(ACTIONS)}(?:通过)?了?(?!其[他它])")
# （会议学习了《云川水利史话》。）审议了《云川市节水条例》 · 听取了防汛准备情况汇报
# 研究了城区绿化方案 · 听取和讨论了预算草案 · 研究通过了会议安排 (not 研究了下一步工作)
NEXT_SENTENCE = re.compile(
    r"(?:还|又|书面|专题|集中|分别)?(?:(?:听取|审议|研究)(?:和|并)?(?:讨论|审议|通过)了(?!解)|(?:审议|审定|听取|传达|学习|传达学习|学习传达|研究审议|审议研究)了(?!解)"
    r"|研究了(?!解|下一?步|存在|有关|相关|具体|贯彻|其[他它])|(?:讨论|通报|学习研讨)了[^，。；]{0,20}《)"
)
# 会议要求，做好汛前检查 · ，决定增拨经费 (a matter has come to what the meeting said of it)
SPOKE = re.compile(r"(?:会议|，并?)(?:要求|强调|指出|认为|决定|明确)")


# 会议分析了一季度经济运行情况 · 会议还听取了市水务局关于防汛的汇报 (not 会议讨论了该办法)
MEETING_HEARD = re.compile(
    rf"会议(?:还|又|首先|集体|书面)?{any_of(ACTIONS)}了(?!解|该|此|上述|以上|这|有关|相关|存在|下一?步|贯彻|落实|我)"
)
# 会议听取 · 工作情况 · 的汇报 (words that any two sentences may share)
SAYS_NOTHING = re.compile(rf"会议|{any_of(ACTIONS)}|工作|情况|汇报|报告|精神|关于|[全我][省市县区]|20\d\d|等")
LENGTH_OF_WORDS = 3


def sentences_in(text: Tracked) -> list[tuple[int, Tracked]]:
    """Return the sentences including full stops, with their offsets."""
    ends = [index + 1 for index, char in enumerate(text.folded) if char == "。"]
    starts = [0, *ends]
    return [(start, text[start:end]) for start, end in zip(starts, [*ends, len(text)], strict=True) if start < end]


def matters_within(paragraph: RawParagraph) -> list[RawParagraph]:
    """Split a paragraph where another matter starts.

    That is so in a list, or after a decision on the previous matter.
    """
    if paragraph.marker or paragraph.is_of_a_table or not paragraph.text:
        return [paragraph]
    text = paragraph.text
    cuts = [0]
    listed: set[int] = set()
    for start, sentence in sentences_in(text):
        without_a_subject = NEXT_SENTENCE.match(sentence.folded)
        if UNIT_REPORTED.match(sentence.folded):
            listed.update(start + mark.end() for mark in REPORTED_TOO.finditer(sentence.folded))
            cuts += [start + mark.end() for mark in REPORTED_TOO.finditer(sentence.folded)]
        elif ITEM_SENTENCE.match(sentence.folded) or without_a_subject or somebody_did(sentence.folded):
            further = [start + mark for mark in _further_matters(blank_titles(sentence.folded))]
            listed.update(further)
            cuts += further
        begins_anew = (
            MATTER_WITHIN.match(sentence.folded)
            or _decides_on_a_document(sentence)
            or MEETING_WENT_ON.match(sentence.folded)
        )
        also = MEETING_ALSO.match(sentence.folded) or MEETING_WENT_ON.match(sentence.folded)
        goes_further = (without_a_subject or also) and ITEM_SENTENCE.match(text.folded)
        if not start or not (goes_further or begins_anew):
            continue
        so_far = text[max(cut for cut in cuts if cut < start) : start]
        lists = begins_anew and _only_names_a_matter(so_far, sentence)
        if (goes_further or lists or _is_dealt_with(so_far)) and _is_new(sentence, so_far):
            cuts.append(start)
            if not _is_dealt_with(so_far):
                listed.add(start)
    cuts.sort()
    return [
        RawParagraph(None, text[start:end].stripped(), is_listed=start in listed)
        for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)
    ]


def _only_names_a_matter(so_far: Tracked, sentence: Tracked) -> bool:
    """Return whether the text is one sentence on a matter that the next sentence says nothing of."""
    names_one = MEETING_HEARD.match(so_far.folded) or BEGINS_FURTHER_MATTER.match(so_far.folded)
    if len(sentences_in(so_far)) != 1 or not names_one or not MEETING_HEARD.match(sentence.folded):
        return False
    # With the 了 before it, since a matter may be as short as 节水.
    matter = so_far.folded[names_one.end() - 1 :]
    words = (word for word in runs_of(matter, LENGTH_OF_WORDS) if not SAYS_NOTHING.search(word))
    return not any(word in sentence.folded for word in words)


def _further_matters(sentence: str) -> list[int]:
    """Return where further matters start in a sentence without the titles of documents."""
    spoke = SPOKE.search(sentence)
    marks = {mark.end() for mark in FURTHER_MATTER.finditer(sentence)}
    marks |= {mark.end() for mark in IN_THE_PRESENT.finditer(sentence, 0, spoke.start() if spoke else len(sentence))}
    return sorted(marks)


def _decides_on_a_document(sentence: Tracked) -> bool:
    """Return whether the sentence starts with a decision: 会议原则通过《云川市节水条例》."""
    decided = DECIDES_AT_ONCE.match(sentence.folded)
    return decided is not None and decided["document"] is not None


def _is_dealt_with(text: Tracked) -> bool:
    """Return whether the text has a decision or statement on its matter."""
    return SPOKE.search(text.folded) is not None or any(outcome_in(sentence) for sentence in text.parts("。"))


def _is_new(sentence: Tracked, so_far: Tracked) -> bool:
    """Return whether none of the sentence's documents was named before."""
    return not any(document.mention.title in so_far.chars for document in documents_in(sentence))
