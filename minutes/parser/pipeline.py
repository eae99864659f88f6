"""The steps in their order: lines, sections, head, items, attendance, colophon, and what remains doubtful."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from minutes.parser.attendance import attendance_in_prose, attendance_of
from minutes.parser.colophon import Colophon, colophon_of
from minutes.parser.coverage import unaccounted_problems
from minutes.parser.dates import dates_in
from minutes.parser.deadlines import deadlines_in
from minutes.parser.decisions import leads_in, next_step_in, outcome_in, reporters_in, resolution_in
from minutes.parser.documents import Document, base_title, documents_in, item_documents
from minutes.parser.items import RawItem, items_of
from minutes.parser.layout import Layout, laid_out, wrap_width
from minutes.parser.opening import (
    PART_OF_DAY,
    PLACE,
    chair_of,
    date_of_meeting,
    header_of,
    kind_in,
    name_and_title,
    number_in,
    body_in,
    sentence_of_the_meeting,
)
from minutes.parser.records import (
    AgendaItem,
    Attendee,
    Chair,
    Deadline,
    Decision,
    Field,
    Paragraph,
    ParsedMinutes,
    Passage,
    Problem,
    Span,
)
from minutes.parser.sections import Sections, divided
from minutes.parser.labels import DATE_LINE, ISSUED, OFFICE_AND_DATE
from minutes.parser.tracked import NOTHING, Tracked, joined, track

ACTION = re.compile(
    r"(?:^|(?<=[，；、：]))(?:会议|会上，?)?(?:首先|还|并|分别|一并|进一步|再次|专题|集体|集中|书面|组织)?"
    r"(?P<verb>传达学习贯彻|学习宣传贯彻|传达学习|传达贯彻|学习传达|学习贯彻|贯彻落实|学习|传达|听取|审议|审定|审核|讨论|研究|通报|(?<!并)部署|调度|解读|宣讲|观看|废止|修订|修改|票决|审查|分析|研判)"
)
# 审议废止《…》 · 研究审议《…》 · 传达学习和贯彻落实 (a second verb right behind the first)
SECOND_ACTION = re.compile(r"(?:和|并|及|、)?(?P<verb>废止|修订|修改|审议|讨论|研究|部署|贯彻落实|听取)")
# 云川市人民政府 → 云川
HOME = re.compile(r"[省市区县旗州盟镇乡]人民政府$")
# 关于《云川市公交管理办法》（云府〔2019〕36号）修订
TRAILING_ACTION = re.compile(r"》(?:（[^）]{0,30}）)?的?(?P<verb>修订|废止|修改)(?:事宜|问题|工作)?$")
KNOWN_ACTIONS = re.compile(r"审议|审定|审核|审查|讨论|听取|传达|学习|贯彻|研究|通报|废止|修订|修改|部署|调度|解读|宣讲|观看|分析|研判")
KNOWN_OUTCOMES = frozenset(("原则同意", "原则上同意", "原则通过", "原则上通过", "同意", "通过", "基本同意", "决定", "确定", "明确"))


def parse(text: str) -> ParsedMinutes:
    """Everything the text says, each field with its span in `text`; what is doubtful stands in `problems`.

    Any text gives a result: one that is no minutes gives empty fields and problems.
    """
    source = track(text)
    layout = laid_out(source)
    width = wrap_width(layout.lines)
    sections = divided(layout.lines, width)
    problems: list[Problem] = []

    colophon = colophon_of(sections.colophon)
    body = items_of(sections.body, width)
    sections.opening += body.preface
    opening = joined([line.text for line in sections.opening]).compact
    about = sentence_of_the_meeting(opening)
    header = header_of(sections.head)
    colophon = _issue_line_of_the_head(sections, colophon)

    number = (number_in(about) if opening else None) or header.number
    if number and header.number and number.value != header.number.value and "次" in text:
        problems.append(
            Problem("conflicting-numbers", f"标题写第{header.number.value}次，正文写第{number.value}次，请核对", header.number.span)
        )
    date, date_problems = _date(sections, opening, about, header, colophon, number)
    problems += date_problems
    met = date.value if date else None

    body_name = (
        header.body or body_in(about) or _body_of_the_office(colophon) or body_in(opening) or _body_of_the_site(layout, about)
    )
    home = HOME.sub("", body_name.value) if body_name else ""
    attendance, attendance_problems = attendance_of(sections.attendance, home)
    problems += attendance_problems
    if opening:
        spoken = attendance_in_prose(opening, home)
        known = {attendee.name for attendee in attendance if attendee.name}
        attendance += tuple(attendee for attendee in spoken if not attendee.name or attendee.name not in known)

    items = tuple(_item(position, raw, met) for position, raw in enumerate(body.items, 1))
    problems += [Problem("item-number-gap", f"“{gap.written.chars}”之前缺少一个序号，请核对原文", gap.written.span) for gap in body.gaps]
    closing = joined([line.text for line in sections.closing]).compact
    parsed = ParsedMinutes(
        body=body_name,
        kind=(kind_in(about) if opening else None) or header.kind,
        number=number,
        doc_number=header.doc_number,
        date=date,
        part_of_day=_part_of_day(sections, about),
        place=_place(sections, about),
        chair=_chair(sections, about),
        recorder=_recorder(sections),
        compiled_by=colophon.compiled_by,
        compiled_on=colophon.compiled_on,
        issued_by=colophon.issued_by,
        issued_on=colophon.issued_on,
        disclosure=colophon.disclosure,
        distribution=colophon.distribution,
        opening=opening.as_passage() if opening else None,
        items=items,
        closing=closing.as_passage() if closing else None,
        attendance=attendance,
        problems=tuple(problems),
    )
    problems += _problems_of(parsed, opening)
    problems += unaccounted_problems(parsed, sections, layout)
    problems.sort(key=lambda problem: (problem.span or Span(0, 0), problem.code))
    return _with_problems(parsed, tuple(problems))


def _with_problems(parsed: ParsedMinutes, problems: tuple[Problem, ...]) -> ParsedMinutes:
    return replace(parsed, problems=problems)


def _labelled(sections: Sections, name: str) -> Tracked:
    """What stands behind a label of the head (时间：, 地点：, 主持：)."""
    text = joined([line.text for line in sections.labelled.get(name, [])]).compact
    colon = text.folded.find("：")
    return text[colon + 1 :].stripped() if text else NOTHING


def _date(
    sections: Sections, opening: Tracked, about: Tracked, header, colophon: Colophon, number: Field[int] | None
) -> tuple[Field[datetime.date] | None, list[Problem]]:
    labelled = _labelled(sections, "time")
    spoken = next((d for d in dates_in(about) if d.is_complete), None)
    on_label = next((d for d in dates_in(labelled) if d.is_complete), None)
    if spoken and on_label and (day := spoken.resolved()) and day != on_label.resolved():
        message = f"会议时间写{on_label.resolved()}，正文写{day}，请核对"
        return Field(day, spoken.span), [Problem("conflicting-dates", message, on_label.span)]
    told = labelled or (about if next(dates_in(about), None) else opening[:200]) or NOTHING
    year = re.search(r"(20\d\d|19\d\d)年?第", about.folded) or next(
        (found for line in sections.head if (found := re.search(r"(20\d\d|19\d\d)年?第|〔(20\d\d)〕", line.folded))), None
    )
    hint = int(next(group for group in year.groups() if group)) if year else None
    issued = (colophon.issued_on or colophon.compiled_on)
    return date_of_meeting(told, header.dates, issued.value if issued else None, hint)


def _issue_line_of_the_head(sections: Sections, colophon: Colophon) -> Colophon:
    """The colophon, or the line of office and print date that some governments put above the opening."""
    if colophon.issued_by or colophon.issued_on or colophon.compiled_by:
        return colophon
    lines = [
        line
        for line in sections.head
        if (DATE_LINE.fullmatch(line.folded) and line.folded[0] != "（")
        or OFFICE_AND_DATE.fullmatch(line.folded)
        or ISSUED.fullmatch(line.folded)
    ]
    above = colophon_of(lines)
    if not above.issued_on:
        written = next((d for line in lines for d in dates_in(line.text) if d.is_complete), None)
        day = written.resolved() if written else None
        return replace(colophon, issued_on=Field(day, written.span)) if written and day else colophon
    return replace(colophon, issued_by=above.issued_by, issued_on=above.issued_on)


def _body_of_the_office(colophon: Colophon) -> Field[str] | None:
    """The government whose office compiled or issued the minutes."""
    for office in (colophon.compiled_by, colophon.issued_by):
        if office:
            found = re.match(r".{2,16}?人民政府", office.value)
            if found and len(found[0]) > 5:
                return Field(found[0], office.span)
    return None


def _body_of_the_site(layout: Layout, about: Tracked) -> Field[str] | None:
    """The government whose web site carries the text, if it is of the level that met (县政府 on a county's site)."""
    level = re.search(r"([市县区旗镇乡])(?:人民)?政府", about.folded)
    for line in layout.noise if level else []:
        name = body_in(line.text)
        if name and level and name.value.endswith(f"{level[1]}人民政府"):
            return name
    return None


def _part_of_day(sections: Sections, about: Tracked) -> Field[str] | None:
    text = about if PART_OF_DAY.search(about.folded[:60]) else _labelled(sections, "time")
    found = PART_OF_DAY.search(text.folded[:60])
    return text.field(found, "part") if found else None


def _place(sections: Sections, about: Tracked) -> Field[str] | None:
    told = _labelled(sections, "place")
    if told:
        return told.stripped("。").as_field()
    found = PLACE.search(about.folded)
    return about.field(found, "place") if found else None


def _chair(sections: Sections, about: Tracked) -> Chair | None:
    told = _labelled(sections, "chair")
    if told:
        spaced = joined([line.raw for line in sections.labelled["chair"]])
        return name_and_title(told) or _name_then_title(spaced)
    return chair_of(about)


def _name_then_title(spaced: Tracked) -> Chair | None:
    """王岚  县长 (name and title apart, in either order)."""
    text = spaced[spaced.folded.find("：") + 1 :].stripped()
    parts = text.chars.split()
    for name, title in ((parts[0], parts[1:]), (parts[-1], parts[:-1])) if len(parts) > 1 else ():
        from minutes.parser.names import name_cost

        if (cost := name_cost(name)) is not None and cost < 3:
            return Chair(name, "".join(title), text.span)
    return None


def _recorder(sections: Sections) -> Field[str] | None:
    text = joined([line.text for line in sections.record if "：" not in line.folded]).compact
    return text.stripped("。").as_field() if text else None


def _item(position: int, raw: RawItem, met: datetime.date | None) -> AgendaItem:
    title = raw.title if raw.title else (raw.paragraphs[0].text[:40] if raw.paragraphs and raw.paragraphs[0].text else raw.marker.written)
    texts = [paragraph.text for paragraph in raw.paragraphs if paragraph.text]
    title_documents = documents_in(title)
    named = [document for text in [title, *texts] for document in documents_in(text)]
    decision = _decision(raw, title, texts, met)
    about, mentions = item_documents(title_documents, named, _approved(texts))
    parts = [raw.marker.written] if raw.marker else []
    parts += [title, *texts, *(paragraph.marker for paragraph in raw.paragraphs if paragraph.marker)]
    reporters = {part.chars: part.as_field() for label in raw.reporters for part in label.parts("、，）")}
    reporters |= {unit.value: unit for text in [title, *(s for t in texts[:2] for s in t.parts("。"))] for unit in reporters_in(text)}
    return AgendaItem(
        position=position,
        title=title.as_field(),
        title_derived=raw.title_derived,
        span=Span(min(part.span.start for part in parts), max(part.span.end for part in parts)),
        actions=actions_of(title) or (actions_of(texts[0]) if texts else ()),
        documents=about,
        mentions=mentions,
        paragraphs=tuple(
            Paragraph(
                paragraph.marker.chars.rstrip("、．. ") if paragraph.marker and paragraph.marker.chars[:1] in "（(" else paragraph.marker.chars if paragraph.marker else None,
                paragraph.text.chars,
                Span(
                    paragraph.marker.span.start if paragraph.marker else paragraph.text.span.start,
                    paragraph.text.span.end if paragraph.text else paragraph.marker.span.end,
                ),
            )
            for paragraph in raw.paragraphs
        ),
        decision=decision,
        reported_by=tuple(reporters.values()),
    )


def actions_of(title: Tracked) -> tuple[Field[str], ...]:
    """What the meeting did with the matter, as written: 审议, 听取, 传达 …"""
    outside = re.sub(r"《[^》]*》", lambda quoted: "〇" * len(quoted[0]), title.folded)
    actions: dict[str, Field[str]] = {}
    for found in ACTION.finditer(outside):
        actions.setdefault(found["verb"], title.field(found, "verb"))
        second = SECOND_ACTION.match(outside, found.end())
        if second:
            actions.setdefault(second["verb"], title.field(second, "verb"))
    if trailing := TRAILING_ACTION.search(title.folded):
        actions.setdefault(trailing["verb"], title.field(trailing, "verb"))
    return tuple(actions.values())


def _approved(texts: list[Tracked]) -> list[Document]:
    """The documents of the first sentence that decides."""
    for text in texts:
        for sentence in text.parts("。"):
            if outcome_in(sentence):
                documents = documents_in(sentence)
                if documents:
                    return documents
    return []


def _decision(raw: RawItem, title: Tracked, texts: list[Tracked], met: datetime.date | None) -> Decision | None:
    outcome = resolved = next_step = None
    lead: dict[str, Field[str]] = {}
    supporting: dict[str, Field[str]] = {}
    deadlines: list[Deadline] = []
    evidence: list[Span] = []
    for text in texts:
        since = 2
        deadlines += deadlines_in(text, met)
        for sentence in text.parts("。！？"):
            found = outcome_in(sentence)
            leads, supports = leads_in(sentence)
            resolved = resolved or resolution_in(sentence)
            if found and outcome is None:
                outcome = found
            since = 0 if found or leads else since + 1
            step = next_step_in(sentence) if since <= 1 and next_step is None else None
            next_step = next_step or step
            for unit in leads:
                lead.setdefault(unit.value, unit)
            for unit in supports:
                supporting.setdefault(unit.value, unit)
            if leads or (found and found is outcome) or step:
                evidence.append(sentence.span)
    if outcome is None and resolved is not None:
        outcome = resolved
        evidence.append(resolved.span)
    if not (evidence or deadlines):
        return None
    spans = evidence or [deadline.span for deadline in deadlines]
    return Decision(
        outcome,
        tuple(lead.values()),
        tuple(unit for unit in supporting.values() if unit.value not in lead),
        next_step,
        tuple(deadlines),
        Span(min(span.start for span in spans), max(span.end for span in spans)),
    )


def _problems_of(parsed: ParsedMinutes, opening: Tracked) -> list[Problem]:
    """What a reader has to look at, told from the result as a whole."""
    problems: list[Problem] = []
    missing = (
        ("number-missing", parsed.number, "没有读到会议次数"),
        ("chair-missing", parsed.chair, "没有读到主持人"),
        ("items-missing", parsed.items, "没有读到任何议题"),
        ("attendance-missing", parsed.attendance, "没有读到出席、列席名单"),
    )
    problems += [Problem(code, f"{message}，请在原文中查找", None) for code, found, message in missing if not found]
    problems += [
        Problem("title-derived", f"第{item.position}项没有标题，标题取自正文首句", item.title.span)
        for item in parsed.items
        if item.title_derived
    ]
    for item in parsed.items:
        for action in item.actions:
            if not KNOWN_ACTIONS.search(action.value):
                problems.append(Problem("unknown-action", f"“{action.value}”不是已知的议题动作，请核对", action.span))
        outcome = item.decision.outcome if item.decision else None
        if outcome and outcome.value not in KNOWN_OUTCOMES:
            problems.append(Problem("unknown-outcome", f"“{outcome.value}”不是已知的议定结果，请核对", outcome.span))
        for deadline in item.decision.deadlines if item.decision else ():
            if deadline.date is None:
                problems.append(Problem("deadline-unresolved", f"期限“{deadline.text}”无法换算为日期", deadline.span))
    problems += _named_only_in_the_opening(parsed, opening)
    if parsed.date and parsed.issued_on and parsed.issued_on.value < parsed.date.value:
        problems.append(Problem("conflicting-dates", "印发日期早于会议日期，请核对", parsed.issued_on.span))
    return problems


def _named_only_in_the_opening(parsed: ParsedMinutes, opening: Tracked) -> list[Problem]:
    """The documents the opening announces and no item deals with."""
    if not opening or not parsed.items:
        return []
    held = {
        _plain(base_title(document.title, document.stage)) for item in parsed.items for document in item.documents
    } | {_plain(mention.value) for item in parsed.items for mention in item.mentions}
    closing = parsed.closing.text if parsed.closing else ""
    text = _plain(closing + "".join(item.title.value + "".join(p.text for p in item.paragraphs) for item in parsed.items))
    return [
        Problem("opening-item-missing", f"开头提到《{document.mention.title}》，正文中没有对应的议题", document.mention.span)
        for document in documents_in(opening)
        if _plain(document.base) not in held and _plain(document.base) not in text
    ]


def _plain(title: str) -> str:
    """The title in one width, to be compared."""
    from minutes.parser.tracked import FOLDING

    return title.translate(FOLDING)
