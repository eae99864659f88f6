"""Parse a list of units, titles and names into attendees and problems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from minutes.parser.attendance.segmentation import POST, TITLE_WORDS, UNIT_AND_POST, Piece, cheapest_cut
from minutes.parser.source_text import Tracked
from minutes.parser.types import Attendee, Problem, Span
from minutes.parser.vocabulary.characters import canonical
from minutes.parser.vocabulary.names import OF_NAMES, POST_OF_A_TOWN, is_a_likely_name, is_a_run_of_names, name_cost
from minutes.parser.vocabulary.organizations import KINDS_OF_PLACES, WITHIN_A_COMPANY, is_generic, looks_like_a_unit

# （，）以及县发改局 · 和县发改局 · 特邀省规划院
AND = re.compile(r"以及|及(?=[市县区各])|和(?=[市县区各])|特邀|应邀")
# 王岚（因公请假）、沈一舟，周禾/林望和市政府秘书长陆岚 (not the brackets of 各县（市、区）政府 and 市建投（集团）公司)
SEPARATOR = re.compile(
    rf"(?!{KINDS_OF_PLACES}|{WITHIN_A_COMPANY})（(?P<note>[^（）]{{0,40}})）|[、，/](?![^（）]{{0,8}}）)|以及|(?<!以)及(?=各)"
    r"|[和及](?=(?:副?秘书长|(?:[省市县区]政府)?党组成员)|[省市县区](?:政府|委|人大|政协)[\u4e00-\u9fff]{0,8}?(?:秘书长|主任|主席|书记|[市县区部局]长))"
)
# 王岚局长和县财政局局长沈一舟 · 陆岚书记及许知远副镇长 (people joined by a word behind a title)
BEHIND_A_TITLE = re.compile(
    r"(?<=书记|主任|经理|主席|委员|[局厅处科股县市区镇乡部院校行站队会]长)[和及与](?!有关|相关|分管|其他|各|全体)"
)
# 王岚  县委常委、副县长 · 周  禾  县发改局局长（出差）
NAME_FIRST = re.compile(
    rf"\s*(?P<name>[{OF_NAMES}·]{{2,14}}|[{OF_NAMES}] {{1,4}}[{OF_NAMES}]) +"
    r"(?P<details>[^（）]+?)\s*(?:（(?P<note>[^（）]*)）)?\s*"
)
# Where the other lines begin with a name, one of a rare surname is a name too.
COST_BEFORE_A_POST = 4
# 王岚同志 (not 负责同志)
COMRADE = re.compile(r"(?<!负责)(?<!领导)(?<!主要)同志$")
# 林望常务列席 · 周禾全程列席 (how somebody came, behind the name)
CAME = re.compile(r"(?<=.)(?:常务|固定|全程|分别)列席$")
# 王岚（沈一舟请假） · （周禾同志因公出差） (somebody else than the one before the bracket)
ANOTHER_EXCUSED = re.compile(
    rf"(?P<name>[{OF_NAMES}]{{2,4}}?)(?:同志)?(?P<why>(?:因[\u4e00-\u9fff]{{1,4}})?(?:请假|缺席|出差|未出席))"
)
# 副县长苏祖望和胡树林 · 县人大常委会副主任苏祖望和县人武部政委胡树林 (two people joined by a word)
NAMES_JOINED = re.compile(
    rf"(?P<before>\S{{2,30}})[和与及](?:[省市县区州旗镇乡][\u4e00-\u9fff]{{1,12}}?[长任记席员委])?(?P<behind>[{OF_NAMES}]{{2,3}})"
)
# 因公出差 · 赴省里开会 · 女 (in brackets after a name: neither a unit nor a post)
REASON = re.compile(
    r"^(?:赴|因|在(?!.*[局委办])|到|去|参加|参会|陪同|出差|出国|出席|请|休|病|事假|外出|公差|公出|公休|代(?!表)|委托|女$|男$)"
    r"|请假|出差|休假|学习$|培训|开会|会议$|调研$|考察|值班|产假|主持工作"
)
# 县政府副县长 · 区委办主任 (a title that names its own unit, so that the unit before it is over)
NAMES_ITS_UNIT = re.compile(r"[省市县区州旗镇乡](?:委|政府|人大|政协|纪委)(?!副?书记|常委|委员)")
# （局党组）副书记、副局长 · （县政府党组）成员 · （政府）副县长 (a post of those who meet, and no unit of its own)
OF_THOSE_WHO_MEET = re.compile(r"[市县区州旗镇乡局委厅院校](?:政府)?党(?:组|委|工委)|政府")
# 常务副县长 · 副州长 (a post of a government, or of a place)
HEADS_A_PLACE = re.compile(r"(?:常务)?副?[省市州县区旗镇乡]长")
# 东浦区副区长 (a post of a place that it names)
HEADS_A_PLACE_NAMED = re.compile(r"[\u4e00-\u9fff]{2,6}(?P<level>[市州县区旗镇乡])(?:常务)?副?(?P=level)长")
# 纪委书记 · 武装部长
IS_OF_A_TOWN = re.compile(POST_OF_A_TOWN)
# 东浦区政府 · 南屏镇
IS_OF_A_PLACE = re.compile(r"(?:政府|管委会|[省市州县区旗镇乡]|街道|办事处)$")
# 市政协副主席徐 (a unit that has a post within it was cut in the wrong place)
HOLDS_A_TITLE = re.compile(
    r"(?:副?主席|副?主任|[局市县区厅处科部院校行]长|书记|秘书长)[\u4e00-\u9fff]{1,8}$(?<![局委办室会部院心司团队处所])"
)
# A list is parsed in pieces of at most this many characters, ending at spaces; a longer piece without spaces is no
# list.
LONGEST_RUN = 2000
# 王岚  沈一舟 (what ends a stretch)
BLANK = re.compile(r"\s+")
# （县发改局、县财政局）主要负责同志 (one post for all the units of a list)
FOR_ALL = re.compile(r"(?:主要|有关|相关|分管)?(?:负责人|负责同志|领导)")
# Titles joined by 、 belong to one person, up to the number that one person can have.
LONGEST_TITLES = 120
# Maximum number of unparsed characters quoted in a message.
LONGEST_SHOWN = 40


def read_attendance_list(text: Tracked, role: str, home: str) -> tuple[list[Attendee], list[Problem]]:
    """Return the attendees of a list of units, titles and names, and the problems."""
    reading = _ListReader(text, role)
    for segment in _segments(text):
        if len(segment.text) > LONGEST_RUN:
            reading.add_unreadable(segment.text)
        else:
            reading.take(segment, cheapest_cut(segment.text, home))
    reading.flush_waiting()
    return reading.attendees, reading.problems


def person_of_row(row: Tracked, role: str) -> Attendee | None:
    """Return the person of a row that starts with the name: 王岚  副县长."""
    found = NAME_FIRST.fullmatch(row.folded)
    cost = name_cost("".join(found["name"].split())) if found else None
    if not found or cost is None or cost > COST_BEFORE_A_POST:
        return None
    name = canonical(row[found.start("name") : found.end("name")].compact.chars)
    person = _with_note(
        Attendee(role, name, None, None, None, row.span),
        "".join(row.chars[found.start("details") : found.end("details")].split()),
    )
    return replace(person, note=found["note"]) if person.title or person.organization else None


@dataclass(frozen=True)
class _Segment:
    """A part of a list between commas.

    Records whether 、 precedes it, and the note in brackets after it.
    """

    text: Tracked
    continues: bool
    note: str | None


def _segments(text: Tracked) -> Iterator[_Segment]:
    """Yield the list split at commas and after notes in brackets."""
    start, continues = 0, False
    separators = [*SEPARATOR.finditer(text.folded), *BEHIND_A_TITLE.finditer(text.folded)]
    for found in [*sorted(separators, key=re.Match.start), None]:
        part = text[start : found.start() if found else len(text)].stripped()
        if said := CAME.search(part.folded) or COMRADE.search(part.folded):
            part = part[: said.start()]
        if together := AND.match(part.folded):
            part = part[together.end() :]
        for joined_name in _names_joined_by_and(part):
            yield _Segment(joined_name, continues, None)
            part, continues = part[len(joined_name) + 1 :], True
        while len(part) > LONGEST_RUN and (end := BLANK.search(part.folded, LONGEST_RUN // 2, LONGEST_RUN)):
            yield _Segment(part[: end.start()], continues, None)
            part, continues = part[end.end() :], True
        if part:
            noted = found and found.groupdict().get("note") is not None
            note = text.chars[found.start("note") : found.end("note")] if found and noted else None
            yield _Segment(part, continues, note)
        if found:
            start, continues = found.end(), found[0] in ("、", "/", "和", "及", "与", "以及")


def _names_joined_by_and(part: Tracked) -> Iterator[Tracked]:
    """Split 苏祖望和胡树林 at 和 if likely names end before and after it."""
    found = NAMES_JOINED.fullmatch(part.folded)
    if found and is_a_likely_name(found["behind"]) and any(is_a_likely_name(found["before"][-n:]) for n in (2, 3)):
        yield part[: found.end("before")]


class _ListReader:
    """State of parsing a list: the unit and titles that apply to the next names."""

    def __init__(self, text: Tracked, role: str) -> None:
        self.text = text
        self.length = len(text.stripped())
        self.role = role
        self.attendees: list[Attendee] = []
        self.problems: list[Problem] = []
        self.unit: Tracked | None = None
        self.title: Tracked | None = None
        # Units without a name so far; those that never get one attended without a name.
        self.waiting: tuple[Attendee, ...] = ()
        self.last_segment_named_somebody = False
        self.title_is_open = False
        # A unit and a post of it whose name may follow a further post: 县政协党组书记、主席王岚.
        self.post_waiting: tuple[Tracked, Tracked] | None = None

    def take(self, segment: _Segment, pieces: list[Piece]) -> None:
        """Add the people in the segment, or store its unit and titles for the next one."""
        kinds = [piece.kind for piece in pieces]
        is_alone = len(segment.text) + len(f"（{segment.note}）" if segment.note else "") >= self.length
        if kinds in (["name", "unit", "title"], ["name", "unit"]) and is_alone:
            # 王岚 县发改局局长: alone in their list, unit and post belong to the name.
            pieces = [*pieces[1:], pieces[0]]
            kinds = [piece.kind for piece in pieces]
        if self.post_waiting and segment.continues and kinds[:2] == ["title", "name"]:
            self.attendees.pop()
            self.unit, self.title = self.post_waiting
            if NAMES_ITS_UNIT.match(pieces[0].text.compact.folded):  # 县政协副主席、县政府秘书长王岚
                pieces = [Piece("title", _stretch(self.text, self.unit, pieces[0].text)), *pieces[1:]]
                self.unit = self.title = None
        if self.post_waiting and segment.continues and kinds[:3] == ["unit", "title", "name"]:
            pieces = self._with_the_post_before(segment, pieces)
            kinds = [piece.kind for piece in pieces]
        self.post_waiting = None
        title_waits = self._title_waits_for_a_name()
        if title_waits and segment.continues and kinds[:2] == ["unit", "title"]:
            # 县委常委、县发改局局长王岚: after a title, a unit and a post are one more title.
            pieces = [Piece("title", _stretch(segment.text, pieces[0].text, pieces[1].text)), *pieces[2:]]
        if not segment.continues:
            self.flush_waiting()
            self.unit = self.title = None
        if (
            self.waiting
            and segment.continues
            and kinds[:3] == ["unit", "title", "name"]
            and FOR_ALL.fullmatch(pieces[1].text.folded)
        ):
            # 县发改局、县财政局负责人王岚、沈一舟: who of them is of which unit is not said.
            self._add_problem(segment.text)
        self.last_segment_named_somebody = "name" in kinds
        if self.last_segment_named_somebody:
            if kinds[0] == "name":
                self.waiting = self.waiting[:-1]
            self.flush_waiting()
            self._take_names(segment, pieces, title_waits and segment.continues)
        elif [piece.kind for piece in pieces] == ["unit", "title"]:
            if FOR_ALL.fullmatch(pieces[1].text.compact.folded):
                self._represent_waiting(pieces[1].text)
            self.flush_waiting()
            self._add_represented(pieces[0].text, pieces[1].text)
            self.post_waiting = None if FOR_ALL.fullmatch(pieces[1].text.folded) else (pieces[0].text, pieces[1].text)
        else:
            self._take_units_and_titles(segment, pieces, title_waits)

    def _with_the_post_before(self, segment: _Segment, pieces: list[Piece]) -> list[Piece]:
        """Join two posts of one person: 东浦区党工委副书记、管委会主任王岚."""
        unit = self.post_waiting[0] if self.post_waiting else pieces[0].text
        posts = _stretch(self.text, unit, pieces[1].text)
        whose = unit.compact.folded
        if (is_generic(whose) and not OF_THOSE_WHO_MEET.fullmatch(whose)) or len(posts) > LONGEST_TITLES:
            return pieces
        self.attendees.pop()
        return [Piece("title", posts), *pieces[2:]]

    def _title_waits_for_a_name(self) -> bool:
        return self.title is not None and (self.title_is_open or not self.last_segment_named_somebody)

    def _take_units_and_titles(self, segment: _Segment, pieces: list[Piece], title_waits: bool) -> None:
        """Store unit and title for the next segments.

        A unit without a name is an attendee of its own.
        """
        last = pieces[-1]
        if len(pieces) == 1 and segment.note and name_cost(last.text.compact.folded) is not None:
            # 王文会（县商务局）: with the unit in brackets, it is a name even if it ends like a unit.
            self._add_named(last.text, segment.note, first_behind=False)
            self.last_segment_named_somebody = True
            return
        if last.kind == "unit" and not looks_like_a_unit(last.text.compact.folded):
            self._add_somebody_unclear(segment, last.text)
            return
        if last.kind == "title":
            # After a name, a title without one is the first of the next person.
            self.title = self._titles_up_to(last.text) if title_waits else last.text
            self._leave_the_unit_of_others(last.text)
        for piece in pieces:
            if piece.kind == "unclear":
                self._add_problem(piece.text)
            elif piece.kind == "unit":
                self.unit = piece.text
                self._wait_for_name(piece.text, segment.note)

    def _wait_for_name(self, unit: Tracked, note: str | None) -> None:
        """Store a unit until a name follows, or none can follow."""
        self.waiting = (*self.waiting, Attendee(self.role, None, unit.compact.chars, None, note, unit.span))

    def flush_waiting(self) -> None:
        """Add the units without a name."""
        self.attendees += self.waiting
        self.waiting = ()

    def _represent_waiting(self, title: Tracked) -> None:
        """Add the stored units as represented by the post given for all of them."""
        self.attendees += [replace(unit, role="represented", title=title.compact.chars) for unit in self.waiting]
        self.waiting = ()

    def _take_names(self, segment: _Segment, pieces: list[Piece], title_waits: bool) -> None:
        """Add the names of a segment.

        Only the first name after a unit or title includes it in its span.
        """
        self.title_is_open = False
        last_name = max(index for index, piece in enumerate(pieces) if piece.kind == "name")
        first_behind = False
        for index, piece in enumerate(pieces):
            before = pieces[index - 1].kind if index else None
            name_follows = index + 1 < len(pieces) and pieces[index + 1].kind == "name"
            if piece.kind == "unit" and is_a_run_of_names(piece.text.compact.folded):
                self._add_problem(piece.text)
                self.unit = self.title = None
            elif piece.kind == "unit":
                self.unit, self.title, first_behind = piece.text, None, True
                if HOLDS_A_TITLE.search(piece.text.compact.folded):
                    self._add_problem(piece.text)
            elif piece.kind == "name":
                self._add_named(piece.text, segment.note if index == last_name else None, first_behind)
                first_behind = False
            elif piece.kind == "unclear":
                self._add_problem(piece.text)
            elif before == "unit" and self.unit and not name_follows:
                self._add_represented(self.unit, piece.text)
                self.unit = None
            elif before == "name" and self.attendees[-1].title is None and _belongs_to_the_name_before(pieces, index):
                self.attendees[-1] = replace(self.attendees[-1], title=piece.text.compact.chars)
            else:
                self._leave_the_unit_of_others(piece.text)
                first_behind = True
                self.title_is_open = index + 1 == len(pieces)
                self.title = self._titles_up_to(piece.text) if title_waits and not index else piece.text
        if pieces[-1].kind == "unit":
            self._wait_for_name(pieces[-1].text, None)

    def _leave_the_unit_of_others(self, title: Tracked) -> None:
        """Forget the unit of those before where a title cannot be of that unit."""
        folded = title.compact.folded
        of_a_place = self.unit and IS_OF_A_PLACE.search(self.unit.compact.folded)
        names_it = NAMES_ITS_UNIT.match(folded) or HEADS_A_PLACE_NAMED.fullmatch(folded)
        if names_it or (HEADS_A_PLACE.fullmatch(folded) and not of_a_place):
            self.unit = None

    def _add_somebody_unclear(self, segment: _Segment, text: Tracked) -> None:
        """Add text that is neither a unit nor a likely name.

        As a name if possible, and in any case with a problem.
        """
        written = text.compact.chars
        if name_cost(written) is not None:
            self._add_named(text, segment.note, first_behind=False)
            self.last_segment_named_somebody = True
        self._add_problem(text)

    def _titles_up_to(self, title: Tracked) -> Tracked:
        """Return the title with preceding titles of the same person."""
        if self.title is None:
            return title
        titles = _stretch(self.text, self.title, title)
        return titles if len(titles) <= LONGEST_TITLES else title

    def _add_named(self, name: Tracked, note: str | None, first_behind: bool) -> None:
        organization, title = (part.compact.chars if part else None for part in (self.unit, self.title))
        if title and organization and OF_THOSE_WHO_MEET.fullmatch(organization):
            title, organization = f"{organization}{title}", None
        of_no_unit = not organization and not IS_OF_A_TOWN.fullmatch(title or "")
        if title and of_no_unit and (split := UNIT_AND_POST.fullmatch(title)):
            organization, title = split["unit"], split["post"]
        begun = [part.span.start for part in (self.unit, self.title, name) if part and (first_behind or part is name)]
        span = Span(min(begun), name.span.end)
        named = Attendee(self.role, canonical(name.compact.chars), organization, title, None, span)
        note = "".join(note.split()) if note else None
        another = ANOTHER_EXCUSED.fullmatch(note) if note else None
        if another and is_a_likely_name(another["name"]):
            excused = Attendee("apologies", another["name"], None, None, another["why"], span)
            self.attendees += [named, excused]
        else:
            self.attendees.append(_with_note(named, note) if note else named)

    def _add_represented(self, unit: Tracked, title: Tracked) -> None:
        """Add an entry with a unit and a post, but no name: 各街道办事处主任."""
        entry = Attendee("represented", None, unit.compact.chars, title.compact.chars, None, unit.span)
        self.attendees.append(entry)

    def add_unreadable(self, text: Tracked) -> None:
        """Add a problem for text that is not a list."""
        self.flush_waiting()
        self._add_problem(text)

    def _add_problem(self, text: Tracked) -> None:
        self.problems.append(unreadable(text))


def unreadable(text: Tracked) -> Problem:
    """Return the problem of text in which no unit and name could be read."""
    written = text.compact.chars
    shown = written if len(written) <= LONGEST_SHOWN else f"{written[:LONGEST_SHOWN]}……"
    return Problem("name-unclear", f"“{shown}”读不出单位和姓名，请核对原文", text.span)


def _belongs_to_the_name_before(pieces: list[Piece], index: int) -> bool:
    """Return whether a title belongs to the name before it.

    That is so if no other name follows, or if only a space separates it from that.
    """
    if index + 1 == len(pieces) or pieces[index + 1].kind != "name":
        return True
    before, title, behind = (pieces[place].text for place in (index - 1, index, index + 1))
    return before.ends[-1] == title.starts[0] and title.ends[-1] < behind.starts[0]


def _with_note(attendee: Attendee, note: str) -> Attendee:
    """Add the note in brackets after a name to the attendee.

    As unit and post if it has these, otherwise as a note.
    """
    if attendee.organization and not attendee.title and POST.fullmatch(note):
        return replace(attendee, title=note)
    first, _, reason = note.replace(",", "，").partition("，")
    if not attendee.title and TITLE_WORDS.fullmatch(first) and REASON.search(reason):
        return replace(attendee, title=first, note=reason)
    if attendee.organization or attendee.title or REASON.search(note):
        return replace(attendee, note=note)
    if post := UNIT_AND_POST.fullmatch(note):
        return replace(attendee, organization=post["unit"], title=post["post"])
    if TITLE_WORDS.fullmatch(note):
        return replace(attendee, title=note)
    return replace(attendee, organization=note) if looks_like_a_unit(note) else replace(attendee, note=note)


def _stretch(whole: Tracked, first: Tracked, last: Tracked) -> Tracked:
    """Return the text from the start of one part to the end of another."""
    return whole[whole.position_of(first.starts[0]) : whole.position_of(last.starts[-1]) + 1]
