"""Who came: from the listings under 出席, 列席 and 请假, and from what the opening says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from minutes.parser.cutting import TITLE_WORDS, UNIT_AND_POST, Piece, cheapest_cut
from minutes.parser.listings import Listing, listings_of
from minutes.parser.names import is_a_run_of_names, name_cost
from minutes.parser.organizations import is_generic, looks_like_a_unit
from minutes.parser.records import Attendee, Problem, Span
from minutes.parser.sections import AttendanceGroup
from minutes.parser.tracked import NOTHING, Tracked

ROLES = (("请假", "apologies"), ("缺席", "apologies"), ("列席", "in_attendance"), ("", "present"))

# 市检察院、云川军分区的代表 · 市教育局、市民政局代表 (not 市人大代表, who represent nobody's unit)
REPRESENTATIVES = re.compile(
    r"(?P<units>[^。；]+?)(?:的|等单位的?|等)?(?:有关|相关)?(?<!人大)代表(?:列席|参加)?[。；]?"
)
# 县发改局、县财政局主要负责同志 · 各乡镇负责人列席会议
PEOPLE_IN_CHARGE = re.compile(
    r"(?P<units>[^。；：]+?)(?:的|等(?:部门|单位|部门和单位)?)?(?P<title>(?:主要|有关|相关|分管|单位|部门){0,4}(?:负责人|负责同志|领导))"
    r"(?:列席|参加|出席)?(?:了)?(?:会议|相关议题|有关议题)?[。；]?"
)
# 县领导 · 局领导班子成员 (words before names that say only who they are together)
LEADERS = re.compile(
    r"(?:[市县区镇乡局院]|[市县区镇乡]政府|[市县区]级|街道|管委会|班子)(?:领导|班子成员|领导班子成员|领导同志)：?(?=.)"
)
# （，）以及县发改局 · 和县发改局
AND = re.compile(r"以及|及(?=[市县区各])|和(?=[市县区各])")
# 县发改局、县财政局，县审计局
COMMA = re.compile(r"[、，]|以及|(?<=[局委办院室府长])[和及](?=[市县区各])")
# 王岚（因公请假）、沈一舟，周禾
SEPARATOR = re.compile(r"（(?P<note>[^（）]{0,40})）|[、，]|(?<!以)及(?=各)")
# 王岚（因公出差） · 王岚（赴省里开会） · 沈一舟（女） (behind a name: neither a unit nor a post)
REASON = re.compile(
    r"^(?:赴|因|在(?!.*[局委办])|到|去|参加|参会|陪同|出差|出国|出席|请|休|病|事假|外出|公差|公出|公休|代(?!表)|委托|女$|男$)"
    r"|请假|出差|休假|学习$|培训|开会|会议$|调研$|考察|值班|产假|主持工作"
)
# （县发改局、县财政局）主要负责同志 (one post for all the units of a list)
FOR_ALL = re.compile(r"(?:主要|有关|相关|分管)?(?:负责人|负责同志|领导)")

# 县长王岚主持召开 · 召开县政府第12次常务会议 (a sentence of the meeting itself, not of who came)
OF_THE_MEETING = re.compile(r"主持召开[^，。；]*|召开[^，。；]{0,30}会议")
# （县委常委、副县长王岚）出席会议 · （县人大常委会副主任林望等领导）应邀参加会议 · （县审计局局长周禾）列席
CAME = re.compile(
    r"(?:等(?:县领导|领导|同志)?)?(?P<how>应邀参加|应邀列席|邀请列席|出席|列席|参加|请假)"
    r"(?:了)?(?:本次|此次)?(?:会议|相关议题|有关议题|(?=[，。；]|$))"
)
# 列席会议的有：县人大常委会副主任林望，县发改局周禾 · 参加会议的有县住建局局长许知远
LIST_TOLD = re.compile(
    r"(?P<how>应邀列席|邀请列席|出席|列席|参加|请假|缺席)(?:了?(?:本次|此次)?会议)?的?(?:人员|领导|同志|单位)?(?:还?有|为|是)?：?"
    r"(?<=[有为是：])(?P<who>.{2,400})$"
)
# 特邀省规划院总工程师 · 邀请（县政协副主席）
INVITED = re.compile(r"(?:特邀|邀请|应邀)")
# 县政府领导班子成员 · 有关部门负责人
COLLECTIVE = re.compile(r".*(?:领导|负责人|负责同志|成员|班子|部门|单位|有关人员|与会)")
LONGEST_LIST_IN_PROSE = 400
# Titles joined by 、 are those of one person only as long as one person can have so many.
LONGEST_TITLES = 120

Attendees = tuple[Attendee, ...]


def everyone_named(
    groups: list[AttendanceGroup], prose: Iterable[Tracked], home: str
) -> tuple[Attendees, list[Problem]]:
    """Everyone the lists name, then whom only prose names (the opening), and what could not be read in the lists.

    `home` is the place that meets (云川): names of units often begin with it, names of people never do.
    """
    listed: list[Attendee] = []
    problems: list[Problem] = []
    for group in groups:
        role = next(role for word, role in ROLES if word in group.label)
        for listing in listings_of(group.lines):
            found, unclear = _everyone_in(listing, role, home)
            listed += found
            problems += unclear
    attendees = _each_once(listed)
    known = {attendee.name for attendee in attendees}
    spoken = [one for text in prose for one in _named_in_prose(text, home) if one.name not in known]
    if attendees:
        # Beside a list, what prose says of units that sent somebody only sums the list up.
        spoken = [one for one in spoken if one.name]
    return (*attendees, *spoken), problems


def _each_once(attendees: list[Attendee]) -> list[Attendee]:
    """The entries without those that a later list of the same meeting repeats."""
    entries: dict[tuple[str | None, ...], Attendee] = {}
    for attendee in attendees:
        entries.setdefault((attendee.role, attendee.name, attendee.organization), attendee)
    return list(entries.values())


def _named_in_prose(opening: Tracked, home: str) -> Iterator[Attendee]:
    """Everyone prose says was there, and the units it names that sent somebody; groups without a name are left out."""
    for sentence in opening.parts("。；"):
        if held := OF_THE_MEETING.search(sentence.folded):
            comma = sentence.folded.find("，", held.end())
            sentence = sentence[comma + 1 :] if comma >= 0 else NOTHING
        for who, how in _lists_in_prose(sentence):
            for clause in who.parts("，"):
                if leaders := LEADERS.match(clause.folded):
                    clause = clause[leaders.end() :]
                for before in (AND, INVITED):
                    if found := before.match(clause.folded):
                        clause = clause[found.end() :]
                if not COLLECTIVE.fullmatch(clause.folded):
                    named, _ = _read(clause, _role_of(how), home)
                    yield from (attendee for attendee in named if attendee.name)
                else:
                    told = _units_in_charge(clause, every=False)
                    yield from (unit for unit in told if not is_generic(unit.organization or ""))


def _lists_in_prose(sentence: Tracked) -> Iterator[tuple[Tracked, str]]:
    """What stands before each word that says how people came, and the word."""
    if told := LIST_TOLD.search(sentence.folded):
        yield sentence[told.start("who") :], told["how"]
        sentence = sentence[: told.start()]
    start = 0
    while came := CAME.search(sentence.folded, start + 2):
        start = max(start, came.start() - LONGEST_LIST_IN_PROSE)
        yield sentence[start : came.start()].stripped("，、 "), came["how"]
        start = came.end()


def _role_of(how: str) -> str:
    if how == "请假":
        return "apologies"
    return "in_attendance" if "列席" in how or "应邀" in how else "present"


def _everyone_in(listing: Listing, role: str, home: str) -> tuple[list[Attendee], list[Problem]]:
    """Whom a listing names: representatives of units, people in charge of units, or people by their names."""
    compact = listing.text.compact
    if represented := REPRESENTATIVES.fullmatch(compact.folded):
        return _units_without_names(compact[: represented.end("units")], None), []
    unbroken = not any(" " in line.chars.strip() for line in listing.text.lines())
    if unbroken and (in_charge := _units_in_charge(compact)):
        return in_charge, []
    attendees, problems = _read(listing.text, role, home)
    return [_under_its_label(one, listing) if one.name else one for one in attendees], problems


def _under_its_label(attendee: Attendee, listing: Listing) -> Attendee:
    """The person with the unit or title of the sub-label, unless the list itself says one."""
    return replace(attendee, organization=attendee.organization or listing.unit, title=attendee.title or listing.title)


def _units_in_charge(compact: Tracked, every: bool = True) -> list[Attendee]:
    """An entry for each unit whose people in charge came; if `every` has to be a unit, none where one may not be."""
    in_charge = PEOPLE_IN_CHARGE.fullmatch(compact.folded)
    if not in_charge:
        return []
    title = compact.chars[in_charge.start("title") : in_charge.end("title")]
    entries = _units_without_names(compact[: in_charge.end("units")], title)
    units = [entry for entry in entries if looks_like_a_unit(entry.organization or "")]
    return [] if every and len(units) < len(entries) else units


def _units_without_names(text: Tracked, title: str | None) -> list[Attendee]:
    """An entry for each unit of a list that names nobody."""
    places = [0, *(place for comma in COMMA.finditer(text.folded) for place in comma.span()), len(text)]
    parts = [text[start:end].stripped() for start, end in zip(places[::2], places[1::2], strict=True)]
    return [
        Attendee("represented", None, part.chars.removesuffix("的"), title, None, part.span) for part in parts if part
    ]


def _read(text: Tracked, role: str, home: str) -> tuple[list[Attendee], list[Problem]]:
    """Whom a run of units, titles and names lists, and what could not be read in it."""
    reading = _Reading(text, role)
    for segment in _segments(text):
        reading.take(segment, cheapest_cut(segment.text, home))
    reading.let_nobody_wait()
    return reading.attendees, reading.problems


@dataclass(frozen=True)
class _Segment:
    """A part of a list between two commas: whether 、 stood before it, and the note in brackets behind it."""

    text: Tracked
    continues: bool
    note: str | None


def _segments(text: Tracked) -> Iterator[_Segment]:
    """The list cut at commas and behind notes in brackets."""
    start, continues = 0, False
    for found in [*SEPARATOR.finditer(text.folded), None]:
        part = text[start : found.start() if found else len(text)].stripped()
        if together := AND.match(part.folded):
            part = part[together.end() :]
        if part:
            note = text.chars[found.start("note") : found.end("note")] if found and found["note"] is not None else None
            yield _Segment(part, continues, note)
        if found:
            start, continues = found.end(), found[0] == "、"


class _Reading:
    """A list being read: the unit and the titles that the names to come belong to."""

    def __init__(self, text: Tracked, role: str) -> None:
        self.text = text
        self.role = role
        self.attendees: list[Attendee] = []
        self.problems: list[Problem] = []
        self.unit: Tracked | None = None
        self.title: Tracked | None = None
        # Units for which no name has come yet; those that never get one came without a name.
        self.waiting: Attendees = ()
        self.last_segment_named_somebody = False
        self.title_is_open = False

    def take(self, segment: _Segment, pieces: list[Piece]) -> None:
        """Adds whom the segment names, or remembers what it says of those to come."""
        kinds = [piece.kind for piece in pieces]
        if kinds in (["name", "unit", "title"], ["name", "unit"]) and segment.text.span == self.text.span:
            # 王岚  县发改局局长: alone in their list, unit and post are those of the name.
            pieces = [*pieces[1:], pieces[0]]
            kinds = [piece.kind for piece in pieces]
        title_waits = self._title_waits_for_a_name()
        if title_waits and segment.continues and kinds[:2] == ["unit", "title"]:
            # 县委常委、县发改局局长王岚: behind a title, a unit and a post are one more title.
            pieces = [Piece("title", _stretch(segment.text, pieces[0].text, pieces[1].text)), *pieces[2:]]
        if not segment.continues:
            self.let_nobody_wait()
            self.unit = self.title = None
        self.last_segment_named_somebody = "name" in kinds
        if self.last_segment_named_somebody:
            if kinds[0] == "name":
                self.waiting = self.waiting[:-1]
            self.let_nobody_wait()
            self._take_names(segment, pieces, title_waits and segment.continues)
        elif [piece.kind for piece in pieces] == ["unit", "title"]:
            if FOR_ALL.fullmatch(pieces[1].text.compact.folded):
                self._add_those_who_wait(pieces[1].text)
            self.let_nobody_wait()
            self._add_represented(pieces[0].text, pieces[1].text)
        else:
            self._take_what_names_are_to_follow(segment, pieces)

    def _title_waits_for_a_name(self) -> bool:
        return self.title is not None and (self.title_is_open or not self.last_segment_named_somebody)

    def _take_what_names_are_to_follow(self, segment: _Segment, pieces: list[Piece]) -> None:
        """Remembers unit and title for the segments to come; a unit that none follows came without a name."""
        last = pieces[-1]
        if len(pieces) == 1 and segment.note and name_cost(last.text.compact.folded) is not None:
            # 王文会（县商务局）: what has its unit in brackets is a name, although it may end as a unit does.
            self._add_named(last.text, segment.note, first_behind=False)
            self.last_segment_named_somebody = True
            return
        if last.kind == "unit" and not looks_like_a_unit(last.text.compact.folded):
            self._add_somebody_unclear(segment, last.text)
            return
        if last.kind == "title":
            self.title = self._titles_up_to(last.text)
        for piece in pieces:
            if piece.kind == "unclear":
                self._add_problem(piece.text)
            elif piece.kind == "unit":
                self.unit = piece.text
                alone = Attendee(self.role, None, piece.text.compact.chars, None, segment.note, piece.text.span)
                self.waiting = (*self.waiting, alone)

    def let_nobody_wait(self) -> None:
        """Adds the units for which no name came."""
        self.attendees += self.waiting
        self.waiting = ()

    def _add_those_who_wait(self, title: Tracked) -> None:
        """Adds the units that were waiting as represented by the post that a later one names for all."""
        self.attendees += [replace(unit, role="represented", title=title.compact.chars) for unit in self.waiting]
        self.waiting = ()

    def _take_names(self, segment: _Segment, pieces: list[Piece], title_waits: bool) -> None:
        """Adds the names of a segment; only the first behind a unit or title has these in its span."""
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
                first_behind = True
                self.title_is_open = index + 1 == len(pieces)
                self.title = self._titles_up_to(piece.text) if title_waits and not index else piece.text

    def _add_somebody_unclear(self, segment: _Segment, text: Tracked) -> None:
        """Adds what is neither a unit nor a likely name: as a name if it may be one, and as a problem in any case."""
        written = text.compact.chars
        if name_cost(written) is not None:
            self._add_named(text, segment.note, first_behind=False)
            self.last_segment_named_somebody = True
        self._add_problem(text)

    def _titles_up_to(self, title: Tracked) -> Tracked:
        """The title, with those in front of it that the same name is to have."""
        if self.title is None:
            return title
        titles = _stretch(self.text, self.title, title)
        return titles if len(titles) <= LONGEST_TITLES else title

    def _add_named(self, name: Tracked, note: str | None, first_behind: bool) -> None:
        organization = self.unit.compact.chars if self.unit else None
        title = self.title.compact.chars if self.title else None
        if title and not organization and (split := UNIT_AND_POST.fullmatch(title)):
            organization, title = split["unit"], split["post"]
        parts = [part for part in (self.unit, self.title, name) if part and (first_behind or part is name)]
        span = Span(min(part.span.start for part in parts), name.span.end)
        named = Attendee(self.role, name.compact.chars, organization, title, None, span)
        self.attendees.append(_with_note(named, "".join(note.split())) if note else named)

    def _add_represented(self, unit: Tracked, title: Tracked) -> None:
        """Adds an entry that names a unit and a post, but nobody: 各街道办事处主任."""
        entry = Attendee("represented", None, unit.compact.chars, title.compact.chars, None, unit.span)
        self.attendees.append(entry)

    def _add_problem(self, text: Tracked) -> None:
        message = f"“{text.compact.chars}”读不出单位和姓名，请核对原文"
        self.problems.append(Problem("name-unclear", message, text.span))


def _belongs_to_the_name_before(pieces: list[Piece], index: int) -> bool:
    """Whether a title is that of the name before it: no other name follows, or a blank parts it from that."""
    if index + 1 == len(pieces) or pieces[index + 1].kind != "name":
        return True
    before, title, behind = (pieces[place].text for place in (index - 1, index, index + 1))
    return before.ends[-1] == title.starts[0] and title.ends[-1] < behind.starts[0]


def _with_note(attendee: Attendee, note: str) -> Attendee:
    """The person with what stands in brackets behind the name: unit and post where it says them, else a note."""
    if attendee.organization or attendee.title or REASON.search(note):
        return replace(attendee, note=note)
    if post := UNIT_AND_POST.fullmatch(note):
        return replace(attendee, organization=post["unit"], title=post["post"])
    if TITLE_WORDS.fullmatch(note):
        return replace(attendee, title=note)
    return replace(attendee, organization=note) if looks_like_a_unit(note) else replace(attendee, note=note)


def _stretch(whole: Tracked, first: Tracked, last: Tracked) -> Tracked:
    """The text from the first to the last of two parts of a whole, what stands between them included."""
    return whole[whole.position_of(first.starts[0]) : whole.position_of(last.starts[-1]) + 1]
