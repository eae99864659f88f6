"""Parse the tasks of a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from minutes.parser.source_text import Tracked
from minutes.parser.tasks.actors import Mention, span_of
from minutes.parser.tasks.clauses import Clause, clauses_of
from minutes.parser.tasks.orders import LABEL, Order, order_in, order_without_actor
from minutes.parser.tasks.procedure import INQUIRY_FIRST, is_procedure, next_step_in
from minutes.parser.tasks.reach import any_within, continues_order, only_gives_a_date
from minutes.parser.tasks.roles import REVIEWED, REVIEWS, REVIEWS_FIRST, joined_within, reviewers_within
from minutes.parser.types import Deadline, Field, Span, Task, TaskActor

# 针对企业用水问题 · 在资金保障方面 (a clause before the actor that says the matter)
MATTER = re.compile(r"(?:针对|关于|对于?|就|围绕|涉及|在)[^，。；]{2,60}$")
# 逾期未签约的 · 涉及用林的 · 未经批准 (likewise, before 由 or a ban)
CASE = re.compile(r"[^，。；]{2,40}的$|未经[^，。；]{1,12}$")
# 供水管网改造事宜 · 征地资金 (likewise, where nobody is told anything yet)
MATTER_ALONE = re.compile(r"[^，。；]{2,40}(?:问题|方面|事宜|事项|资金|费用|经费|手续)$")
# 省委要求 · 总书记强调 · 国务院明确提出 · 水利部要求 (a superior's words)
QUOTED = re.compile(
    r"(?:(?:(?!要)[^，。；]){0,8}(?:总书记|总理)|党中央|中央|国务院|国家|省委|省政府|省里|省[\u4e00-\u9fff]{1,8}厅|上级|自治区|(?:财政|住房城乡建设|住房和城乡建设|自然资源|生态环境|交通运输|应急管理|农业农村|民政|教育|水利|商务)部(?!门))"
    r"(?:(?!的|关于|要)[^，。；]){0,20}?(?:指出|强调|要求(?!，[市县区])|明确(?:提出|要求|，)|规定|作出|批示)"
)
# 会议明确 · 会议要求 · 现纪要如下 · 王岚强调： · 沈一舟县长要求， (under these a verb alone is an order)
DIRECTS = re.compile(
    r"会议[^，。；：]{0,8}(?:明确|要求|指出|议定|决定|确定|强调|商定|部署|提出)|如下"
    r"|(?<=[，。；、])[\u4e00-\u9fff]{2,10}(?:强调|要求)[，：]|^[\u4e00-\u9fff]{2,10}(?:强调|要求)[，：]"
)
# 取得了成效 · 已完成 (what was, not what is to be)
PAST = re.compile(r"了(?!解)|已经?|曾|取得|一直|汇报(?<!进展汇报)")
# 今年以来 · 2019年以来 · 过去的一年 · 据统计 (what follows is a fact)
SINCE = re.compile(r"近年来|以来|过去的?[一几两三五]年|一年来|据统计|截至")
# 取得了成效 · 取得阶段性进展 · 建成了 (who was in charge of that has no task)
DONE = re.compile(
    r"取得(?:了|[^，。；]{0,8}(?:成效|进展|成绩|突破))|(?:进行|完成|建成|拨付|办理|开展|制定|成立|解决|落实|实现|组织|召开|举办|编制|起草|修订|出台|印发|签订|处理|查处|整改|化解)了(?!解)"
)
# 2019年，县政府 · 会议指出，2020年6月， · 2月23日，由 (a sentence about what was then)
IN_A_YEAR = re.compile(
    r"(?:会议(?:指出|认为|强调)，)?(?:早在|自)?"
    r"(?:(?:19|20)\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}(?:[-~至]\d{1,2})?日(?:[上下]午)?)，"
)
# 县卫健局负责 · 县交通局要 (an order later in the sentence makes what precedes it one)
ORDERS = re.compile(r"负责(?!人|同志)|牵头|责成|(?<=[局委办府])要(?!求)")
# 会议原则同意 · 审议通过 (after these the document's way follows)
DECIDED = re.compile(r"同意|通过|审议|会后|会议要求")
# 会议原则同意 · 会议批准改造计划 · 会议票决产生 (what comes next is named in the same sentence or the one after it)
# 审议通过 · 会议通过了 (not 要通过走访了解情况)
DECIDES = re.compile(
    r"(?<![经得求])(?:同意|批准|票决|(?:审议|讨论|研究|原则|一致|表决|会议|审定)(?:并?原则|一致|并)?通过|通过(?=[了《，。；该]|以上))"
)
# 按照上级督导要求 · 结合汛情 · 施工期间 (what a sentence to another begins with)
PREFACE = re.compile(
    r"(?:按照?|根据|依据|结合|针对|鉴于|围绕|为了?|随着|在)[^，。；]{2,40}$|[^，。；]{2,14}(?:期间|之前|以前|之后|阶段)$"
)
# 6月底前 · 务必于年内 (a clause that only gives a date)
DATE_ALONE = re.compile(r"(?:务必|必须|应|须|要)?(?:最迟)?(?:于|在)?[^，。；]{1,14}?(?:前|[年月]底|内)$")
# 由王岚牵头 · 由王岚负总责
LEADS = re.compile(r"牵头|负总责")
# （由王岚牵头）调度 · （由王岚牵头）协调
LEADS_ONLY = re.compile(r"(?:调度|协调|推进|落实|督办|研究)$")
# （由人事科牵头，机关纪委）全程监督 (what another does on its own)
OVERSEES = re.compile(r"(?:负责)?(?:全程|跟踪|全过程)?(?:监督|督查|督办|审计)")
AROUND_A_TASK = "，。；：、（）！ "


@dataclass
class Draft:
    """A task whose end is not known yet.

    `waits`: so far it only names who is in charge (由王岚牵头), and the work follows.
    """

    start: int
    end: int
    about: tuple[int, int] | None
    actors: list[tuple[Mention, str]]
    sign: str
    waits: bool = False
    date_behind: int = 0
    date_before: int | None = None
    names: set[str | None] = field(init=False)

    def __post_init__(self) -> None:
        self.names = _names(self.actors)

    def add(self, actors: list[tuple[Mention, str]]) -> None:
        """Add actors that the task does not have yet."""
        self.actors += [actor for actor in actors if not _names([actor]) <= self.names]
        self.names |= _names(actors)


def tasks_in(text: Tracked, deadlines: list[Deadline], numbered: bool = False) -> list[Task]:
    """Return the tasks of a paragraph with deadlines; `numbered`: it is a list item."""
    return _Reading(text, deadlines, numbered).tasks()


class _Reading:
    """State of parsing the clauses of one paragraph."""

    def __init__(self, text: Tracked, deadlines: list[Deadline], numbered: bool) -> None:
        self.text = text
        self.folded = text.folded
        self.deadlines = deadlines
        self.dated = [text.position_of(deadline.span.start) for deadline in self.deadlines]
        self.directed_from = 0 if numbered else _end_of_first(DIRECTS, self.folded)
        self.decided_from = _end_of_first(DECIDED, self.folded)
        self.decides = _starts_of(DECIDES, self.folded)
        self.stops = [place for place, char in enumerate(self.folded) if char == "。"]
        # Computed once, because a sentence may have any number of clauses.
        self.past = _starts_of(PAST, self.folded)
        self.since = _starts_of(SINCE, self.folded)
        self.done = _starts_of(DONE, self.folded)
        self.ordered = _starts_of(ORDERS, self.folded)
        self.drafts: list[Draft] = []
        self.open: Draft | None = None

    def tasks(self) -> list[Task]:
        """Return the tasks of the clauses, in order."""
        previous: Clause | None = None
        mark = ""
        for clause in clauses_of(self.folded):
            if clause.words == clause.end and not clause.point:
                # 会后， is no clause of its own: what follows it comes after the previous mark.
                mark = mark or clause.mark
                continue
            self._read(replace(clause, mark=mark) if mark else clause, previous)
            previous, mark = clause, ""
        return [self._task(draft) for draft in self.drafts]

    def _read(self, clause: Clause, previous: Clause | None) -> None:
        if LABEL.fullmatch(self.folded, clause.start, clause.end):
            return
        order = None if self._is_quoted(clause) else self._order(clause)
        if order:
            self._take(order, clause, previous)
        elif self.open and only_gives_a_date(self.folded, clause, self.dated):
            _, self.open.date_behind = clause.half_sentence
            self.open = None
        elif self.open and continues_order(self.folded, clause):
            self.open.end = clause.end
            self.open.waits = False
        elif (start := self._order_without_actor(clause)) is not None:
            self._begin(Draft(start, clause.end, None, [], "nobody"))
        else:
            self.open = None

    def _order(self, clause: Clause) -> Order | None:
        beside = self.open is not None and clause.mark != "。"
        order = order_in(self.text, clause, self._a_verb_orders(clause), beside)
        return None if order and self._is_done(order, clause) else order

    def _is_done(self, order: Order, clause: Clause) -> bool:
        """Return whether the sentence says what came of it: 县水务局负责，取得了成效."""
        _, end = clause.half_sentence
        if order.sign != "must" and self._is_about_a_year(clause):
            return True
        by_itself = order.sign in ("in charge", "support") and not self.folded.startswith("由", order.start)
        return by_itself and any_within(self.done, clause.start, end)

    def _is_about_a_year(self, clause: Clause) -> bool:
        """Return whether the sentence is about a year before: 2019年，县政府出台方案，由县水务局牵头。成效明显."""
        sentence = bisect_left(self.stops, clause.start)
        start = self.stops[sentence - 1] + 1 if sentence else 0
        if not IN_A_YEAR.match(self.folded, start):
            return False
        end = self.stops[sentence + 1] if sentence + 1 < len(self.stops) else len(self.folded)
        return any_within(self.past, start, end) or any_within(self.done, start, end)

    def _take(self, order: Order, clause: Clause, previous: Clause | None) -> None:
        """Start a task with the order, or add the order to the current one."""
        bare = order.end == clause.end or (
            LEADS_ONLY.match(self.folded, order.end, clause.end) is not None
            and all(role == "leader" for _, role in order.actors)
        )
        waits = bare and order.sign == "in charge"
        if self.open and not clause.point and self._joins(order, clause, self.open):
            self.open.add(order.actors)
            self.open.end = clause.end
            self.open.waits = bare and (waits or self.open.waits)
            return
        if self.open and clause.mark == "，" and self._reviews(order):
            self.open.actors += [(mention, "reviewing") for mention, _ in order.actors]
            self.open.end = clause.end
            return
        start, about = order.start, order.about
        if self.open and previous and clause.mark == "，" and self._is_preface(previous):
            self.open.end = min(self.open.end, previous.start)
        if previous and clause.mark == "，" and order.start <= clause.words:
            if REVIEWED.match(self.folded, previous.words, previous.end):
                start = previous.words
            elif self._is_matter(previous) or (
                self.folded.startswith(("由", "任何", "各"), order.start)
                and CASE.match(self.folded, previous.words, previous.end)
            ):
                about = (previous.words, previous.end)
            if self.open and (start, about) != (order.start, order.about):
                self.open.end = min(self.open.end, previous.start)
        date_before = self._date_before(clause, previous, start)
        self._begin(Draft(start, clause.end, about, order.actors, order.sign, waits, date_before=date_before))

    def _reviews(self, order: Order) -> bool:
        """Return whether the order is to review what those before bring: 县司法局审核后, 由副县长左岸审核把关."""
        if order.sign == "verb" and REVIEWS_FIRST.match(self.folded, order.end):
            return True
        people = all(mention.form == "post" for mention, _ in order.actors)
        return people and order.about is None and REVIEWS.match(self.folded, order.end) is not None

    def _date_before(self, clause: Clause, previous: Clause | None, start: int) -> int | None:
        """Return the start of a date before the order: 6月底前由市水务局完成, or in a clause of its own."""
        if any_within(self.dated, clause.start, start):
            return clause.start
        if previous is None or self.open is not None or clause.mark != "，":
            return None
        alone = DATE_ALONE.match(self.folded, previous.words, previous.end) is not None
        return previous.start if alone and any_within(self.dated, previous.start, previous.end) else None

    def _begin(self, draft: Draft) -> None:
        self.open = draft
        self.drafts.append(draft)

    def _joins(self, order: Order, clause: Clause, before: Draft) -> bool:
        """Return whether the order only adds to the task before it."""
        if order.sign == "label":
            return before.sign == "label"
        if order.about or clause.mark == "。" or not before.actors:
            return False
        if order.sign == "support":
            return clause.mark != "；" or order.end == clause.end
        if before.waits and not OVERSEES.match(self.folded, order.end):
            return order.end == clause.end or LEADS.search(self.folded, before.start, before.end) is not None
        named_anew = any_within(self.stops, before.start, clause.start)
        return not named_anew and _names(order.actors) == before.names

    def _order_without_actor(self, clause: Clause) -> int | None:
        """Return the start of an order without actor, if the clause has one."""
        if self._is_about_a_year(clause):
            return None
        near = self._has_just_decided(clause.words)
        return order_without_actor(self.folded, clause, clause.words >= self.decided_from, near)

    def _has_just_decided(self, place: int) -> bool:
        """Return whether the same or the previous sentence has a decision."""
        sentence = bisect_left(self.stops, place)
        before = self.stops[sentence - 2] + 1 if sentence > 1 else 0
        return any_within(self.decides, before, place)

    def _is_preface(self, clause: Clause) -> bool:
        """Return whether a sentence begins with the clause, which only says when or on what grounds."""
        return clause.mark in ("。", "；") and PREFACE.match(self.folded, clause.words, clause.end) is not None

    def _is_matter(self, clause: Clause) -> bool:
        """Return whether the clause before the actor is its matter, not an order."""
        if MATTER.match(self.folded, clause.words, clause.end):
            return self.open is None or self.open.start < clause.start
        return self.open is None and MATTER_ALONE.match(self.folded, clause.words, clause.end) is not None

    def _is_quoted(self, clause: Clause) -> bool:
        """Return whether the words of a superior are quoted."""
        start, _ = clause.half_sentence
        return QUOTED.match(self.folded, start) is not None

    def _a_verb_orders(self, clause: Clause) -> bool:
        """Return whether a verb alone is an order there: 各镇落实属地责任."""
        start, end = clause.half_sentence
        if any_within(self.past, clause.start, end) or any_within(self.since, start, end):
            return False
        if clause.point or self.open is not None or clause.words >= self.directed_from:
            return True
        if self.folded.endswith("要求", clause.start, clause.words):
            return True
        return any_within(self.ordered, clause.end, clause.sentence_end)

    def _task(self, draft: Draft) -> Task:
        start, end = _without_marks(self.folded, draft.start, draft.end)
        actors = list(draft.actors)
        known = {mention.start for mention, _ in actors}
        for mentions, role in (
            (joined_within(self.text, start, end), "supporting"),
            (reviewers_within(self.text, start, end), "reviewing"),
        ):
            actors += [(mention, role) for mention in mentions if mention.start not in known]
        actors.sort(key=lambda actor: actor[0].start)
        about = self.folded[slice(*draft.about or (0, 0))]
        procedure = is_procedure(self.folded, start, end, about, self._has_just_decided(start))
        comes_back = procedure or INQUIRY_FIRST.search(self.folded, start, end)
        step = next_step_in(self.folded, start, end) if comes_back else None
        return Task(
            kind="procedure" if procedure else "work",
            collective=bool(actors) and all(mention.form == "crowd" for mention, _ in actors),
            actors=tuple(self._actor(mention, role) for mention, role in actors),
            about=self._about(draft),
            text=self.text.chars[start:end],
            span=span_of(self.text, start, end),
            deadlines=tuple(
                self._deadlines(start if draft.date_before is None else draft.date_before, max(end, draft.date_behind))
            ),
            next_step=Field(self.text.chars[slice(*step)], span_of(self.text, *step)) if step else None,
        )

    def _about(self, draft: Draft) -> Span | None:
        if not draft.about:
            return None
        start, end = _without_marks(self.folded, *draft.about)
        return span_of(self.text, start, end) if end > start else None

    def _actor(self, mention: Mention, role: str) -> TaskActor:
        written = "".join(self.text.chars[mention.start : mention.end].split())
        span = span_of(self.text, mention.start, mention.end)
        return TaskActor(written, mention.name, mention.title, role, mention.form, span)

    def _deadlines(self, start: int, end: int) -> list[Deadline]:
        """Return the deadlines within those characters."""
        return self.deadlines[bisect_left(self.dated, start) : bisect_left(self.dated, end)]


def _names(actors: list[tuple[Mention, str]]) -> set[str | None]:
    return {mention.name or mention.title for mention, _ in actors}


def _end_of_first(pattern: re.Pattern[str], folded: str) -> int:
    """Return the end of the first match, or a position after the text without one."""
    found = pattern.search(folded)
    return found.end() if found else len(folded) + 1


def _starts_of(pattern: re.Pattern[str], folded: str) -> list[int]:
    return [found.start() for found in pattern.finditer(folded)]


def _without_marks(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without punctuation at either end."""
    while end > start and folded[end - 1] in AROUND_A_TASK and not folded.endswith("）", start, end):
        end -= 1
    while start < end and folded[start] in AROUND_A_TASK:
        start += 1
    return start, end
