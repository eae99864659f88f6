"""Find attendees in the lists under 出席, 列席 and 请假, and in the opening."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from minutes.parser.attendance.attendance_list import (
    AND,
    person_of_row,
    read_attendance_list,
    unreadable,
)
from minutes.parser.attendance.listings import Listing, listings_of, rows_of
from minutes.parser.attendance.segmentation import POST, TITLE_WORDS, UNIT_AND_POST
from minutes.parser.attendance.tables import read_table
from minutes.parser.layout.sections import AttendanceGroup
from minutes.parser.source_text import NOTHING, Tracked
from minutes.parser.types import Attendee, Chair, Problem
from minutes.parser.vocabulary.departments import DEPARTMENT_WORD
from minutes.parser.vocabulary.names import OF_NAMES, TITLE_END, is_a_likely_name
from minutes.parser.vocabulary.organizations import LEADERS_OF_A_UNIT, is_generic, looks_like_a_unit
from minutes.parser.vocabulary.verbs import ACTIONS, any_of

ROLES = (("请假", "apologies"), ("缺席", "apologies"), ("列席", "in_attendance"), ("", "present"))

# 市检察院、云川军分区的代表 · 市教育局、市民政局代表 (not 市人大代表, who represent nobody's unit)
REPRESENTATIVES = re.compile(
    r"(?P<units>[^。；]+?)(?:的|等单位的?|等)?(?:有关|相关)?(?<!人大)代表(?:列席|参加)?[。；]?"
)
# 县发改局、县财政局（等部门） · （等有关部门和单位） · （等指挥部成员单位） (part of the next)
AND_OTHER_UNITS = r"等(?:[\d几十多]{1,4}家)?(?:有关|相关|辖区|[\u4e00-\u9fff]{0,6}成员)?(?:部门|单位)(?:[和、]?单位)?"
# （振兴集团）等指挥部成员单位
OTHERS_TOO = re.compile(rf"{AND_OTHER_UNITS}$")
# 县发改局、县财政局主要负责同志 · 各乡镇负责人列席会议 · 发改、统计等部门
PEOPLE_IN_CHARGE = re.compile(
    rf"(?P<units>[^。；：]+?)(?:(?:的|(?P<are_units>{AND_OTHER_UNITS})的?|等)?(?P<title>{LEADERS_OF_A_UNIT})|{AND_OTHER_UNITS})"
    r"(?:分别)?(?:列席|参加|出席)?(?:了)?(?:会议|相关议题|有关议题)?[。；]?"
)
# （发改）、（市统计）等部门 (units given by field)
FIELD = re.compile(rf"[市县区省州]?(?:{DEPARTMENT_WORD}|宣传|组织|统战|法院|检察|通信|电力|供电|供水|燃气|交警)")
# 校领导王岚 · 东浦区领导王岚 · 局领导班子成员沈一舟 (words before names that say only who they are together)
LEADERS = re.compile(
    r"(?:(?:[\u4e00-\u9fff]{2,4})?[市县区镇乡局院校]|[市县区镇乡]政府|公司|集团|总队|支队|[市县区]级|街道|管委会|班子)(?:领导|班子成员|领导班子成员|领导同志)：?(?=.)"
)
# 云川公司项目部和北渚、南屏镇政府
# 县发改局、县财政局，县审计局 · 县司法局及相关单位 · 县司法局等单位及各镇
COMMA = re.compile(
    r"[、，](?![^（）]{0,8}）)|以及|(?<=项目部)和|(?<=[局委办院室府长协队组门])(?:等(?:部门|单位))?[和及]"
    r"(?=[市县区各相有涉]|议题|[\u4e00-\u9fff]{2,10}?(?:公司|集团|营业部|银行|大学|学院))"
)
# 县政协相关领导 · 各镇负责人 (a unit with those who came from it)
UNIT_IN_CHARGE = re.compile(rf"(?P<unit>.{{2,}}?)(?P<title>{LEADERS_OF_A_UNIT})")

# （县领导王岚、沈一舟）及（各部门负责人） · （县委办沈一舟主任）、（县发改局、县财政局负责人）
AND_UNITS = re.compile(r"以及|[及和与、]")
# 会议由县长王岚主持 · 副县长沈一舟主持会议 · 并讲话 (who chaired is read apart; what somebody did there names nobody)
NOT_OF_THE_LIST = re.compile(
    r"(?:会议)?由?[^，。；]{2,40}主持(?:了?会议)?(?:并[^，。；]{0,6}讲话)?|并(?:[^，。；]{0,8})(?:讲话|发言|致辞|讲授|部署|要求|点评)"
)

# 县长王岚主持召开 · 召开县政府第12次常务会议 · 县长办公会议在县政府召开， · 县政府召开全体会， (of the meeting itself)
OF_THE_MEETING = re.compile(r"主持召开[^，。；]*|召开[^，。；]{0,30}会(?:议|(?=，))|召开(?=，|$)")
# （县委常委、副县长王岚）出席会议 · （县人大常委会副主任林望等领导）应邀参加会议 · （县审计局局长周禾）列席
# （县发改局周禾）分别列席会议 · （县政协副主席林望）常务列席会议 · （林望、周禾等常委会领导）出席会议
# （各镇）通过视频参加会议 · （林望、周禾等县处级领导干部）出席会议
# （副校长林望）因公缺席会议 · （县政协副主席林望）应邀出席会议 · （县政协副主席林望）受邀列席会议
ATTENDED_AS = re.compile(
    r"(?:(?:通过|以)(?:视频|线上|网络|电视电话)(?:会议|连线)?(?:形式|方式|系统)?)?(?:分别)?(?:等(?:[市县区]?领导|同志|(?:(?!单位|部门|主要|有关|相关)[\u4e00-\u9fff]){1,8}领导(?:干部)?)?)?"
    r"(?P<how>(?:应邀|受邀|特邀|邀请)(?:出席|列席|参加|参会|到会)|(?:常务|固定|全程)列席|出席|列席|参加|参会|到会|与会|(?:因[公事病差][\u4e00-\u9fff]{0,2})?(?:请假|缺席))"
    r"(?:了)?(?:本次|此次)?(?:会议|相关议题|有关议题|指导|(?=[，。；]|并(?:讲话|发言|致辞|作)|$))"
)
# 列席会议的有：县人大常委会副主任林望，县发改局周禾 · 参加会议的有县住建局局长许知远
LIST_IN_PROSE = re.compile(
    r"(?P<how>应邀列席|邀请列席|出席|列席|参加|请假|缺席)(?:了?(?:本次|此次)?会议)?的?(?:人员|领导|同志|单位)?(?:还?有|为|是)?：?"
    r"(?<=[有为是：])(?P<who>.{2,400})$"
)
# 召集县水务局、县财政局等部门分管领导及业务骨干召开 · 召集县水务局负责人，专题研究
CALLED_IN = re.compile(
    r"召集(?!人)(?P<who>[^。；，]{4,160}?)(?:(?<=领导)[及和][^、，]{2,8})?(?=，?(?:召开|开会|专题|现场|集中|共同|就|研究|协调|在))"
)
# 特邀省规划院总工程师 · 邀请（县政协副主席）
INVITED = re.compile(r"(?:特邀|邀请|应邀)")
# 同时还邀请了（林望、何青） · 会议邀请了县人大常委会主任林望
INVITED_TOO = re.compile(r"(?:会议(?:还|另|同时|特别)*|(?:同时)?(?:还|另))邀请了?")
# 研究关于养老服务、节水条例等工作 · 听取了防汛准备情况的汇报 (of the agenda, though people follow after a comma)
OF_THE_AGENDA = re.compile(rf"(?:专题|集中|重点|还)?{any_of((*ACTIONS, '专题'))}了?(?:关于|《)?.{{4,}}")
# 会议听取了建设情况汇报 · 以及职能部门的意见和建议 · 并就有关问题达成共识 (before those who came, in one sentence)
IS_ABOUT_SOMETHING_ELSE = re.compile(
    r"^会议(?!由|(?:还|另|同时|特别)*邀请)|意见(?:和|$)|建议$|达成|^并(?:就|对|围绕)|听取了|进行了"
)
# 请假 · 因公请假 · 因病缺席 (a note after a name of another list)
ON_LEAVE = re.compile(r"(?:因[公病事故]?)?(?:请假|缺席|未到|未参加)")
# （副县长沈一舟）以及县政府班子成员 · （县水务局负责人）和县政府咨询委委员 (crowds behind people)
MEMBERS_TOO = re.compile(r"(?:以及|及|和)[^，。；]{2,30}(?:班子|成员|全体人员|有关人员|相关人员|组成人员|委员)$")
# 县政府领导班子成员 · 有关部门负责人 · 部分人大代表和政协委员
COLLECTIVE = re.compile(r"部分.*|.*\d余?(?:名|人)|.*(?:领导|负责人|负责同志|成员|班子|部门|单位|人员|与会)")
# （县水务局局长王岚），副局长 · （县人大常委会党组书记沈一舟），党组副书记
DEPUTY = re.compile(
    r"(?P<group>党组|党委)?副(?P<of>局长|主任|经理|总经理|院长|校长|所长|站长|行长|队长|支队长|大队长|书记|主席)"
)
# 南屏镇政府 · 东浦街道
TOWN = re.compile(r"[\u4e00-\u9fff]{2,3}(?:镇|乡|街道)(?:政府|办事处)?")
LONGEST_NAME_OF_A_TOWN = 3
# 副市长沈一舟在研究相关议题时 · 市直有关部门负责人在审议有关事项时
WHEN_IT_WAS_DEALT_WITH = re.compile(r"在(?:审议|研究|讨论|听取)[^，。；]{0,10}时$")
# 县委副书记王岚等区四套班子领导 · 副县长沈一舟等领导 (behind the names, before more who came)
# 林望、何青五位学院领导 · 县人大常委会主任林望等人大、政协相关领导
AND_OTHER_LEADERS = re.compile(
    r"(?:等(?:(?!单位|部门|负责|主要|有关|相关)[\u4e00-\u9fff、]){0,8}(?:(?<=人大|政协)(?:有关|相关))?|[二两三四五六七八九十\d]{1,2}位[^，。；、]{0,14})(?:领导|同志|专家|代表)$"
)
# 县委副书记、县长王岚，副县长沈一舟
NAMES_A_POST = re.compile(rf"(?!会议|会上|要|各)[^。：《》]{{0,30}}?{TITLE_END}[{OF_NAMES}]{{2,3}}(?:[，、及和]|$)")
LONGEST_LIST_IN_PROSE = 400

Attendees = tuple[Attendee, ...]


def read_attendance(
    groups: list[AttendanceGroup], opening: Tracked, sentences: Tracked, home: str, chair: Chair | None = None
) -> tuple[Attendees, list[Problem]]:
    """Return the attendees from lists and prose, and the problems.

    `home` is the place of the body (云川): names of units often start with it, names of people never do.
    """
    listed: list[Attendee] = []
    problems: list[Problem] = []
    for group in groups:
        role = next(role for word, role in ROLES if word in group.label)
        if table := read_table(rows_of(group.lines), role):
            listed += table
            continue
        for listing in listings_of(group.lines):
            found, unclear = _everyone_in(listing, role, home)
            listed += found
            problems += unclear
    attendees = _each_once([_excused(attendee) for attendee in listed])
    known = {attendee.name for attendee in attendees}
    # Groups in the opening (各有关部门) are summaries; the sentences after the items are lists.
    prose = [*_named_in_prose(opening, home, with_groups=False), *_named_in_prose(sentences, home, with_groups=True)]
    people = _with_the_unit_before([one for one in prose if isinstance(one, Attendee)], _post_of(chair))
    spoken = [one for one in people if one.name not in known]
    problems += [one for one in prose if isinstance(one, Problem)]
    if attendees:
        # If there is a list, units in prose only summarize it.
        spoken = [one for one in spoken if one.name]
    return (*attendees, *spoken), problems


def _post_of(chair: Chair | None) -> Attendee | None:
    """Return the chair as somebody of a unit, for those of the same unit named next: 市人大常委会主任王岚."""
    post = UNIT_AND_POST.fullmatch(chair.title) if chair and chair.title else None
    return Attendee("present", chair.name, post["unit"], post["post"], None, chair.span) if chair and post else None


def _with_the_unit_before(attendees: list[Attendee], before: Attendee | None) -> list[Attendee]:
    """Return the entries; a deputy named right behind somebody of the same post is of the same unit."""
    of_units: list[Attendee] = []
    for one in attendees:
        deputy = DEPUTY.fullmatch(one.title or "") if not one.organization else None
        before = of_units[-1] if of_units else before
        if (
            deputy
            and before
            and before.name
            and (before.title or "").replace("副", "") == (deputy["group"] or "") + deputy["of"]
        ):
            one = replace(one, organization=before.organization)
        of_units.append(one)
    return of_units


def _excused(attendee: Attendee) -> Attendee:
    """Return the entry with the role apologies if its note says so."""
    is_excused = attendee.note is not None and ON_LEAVE.match(attendee.note)
    return replace(attendee, role="apologies") if is_excused else attendee


def _each_once(attendees: list[Attendee]) -> list[Attendee]:
    """Return the entries without repetitions in a later list of the meeting."""
    entries: dict[tuple[str | None, ...], Attendee] = {}
    for attendee in attendees:
        entries.setdefault((attendee.role, attendee.name, attendee.organization), attendee)
    return list(entries.values())


def _named_in_prose(text: Tracked, home: str, with_groups: bool) -> Iterator[Attendee | Problem]:
    """Yield the people named as present in prose, and the units represented."""
    for sentence, behind in pairwise([*text.parts("。；"), NOTHING]):
        yield from _called_in(sentence)
        if meeting := OF_THE_MEETING.search(sentence.folded):
            comma = sentence.folded.find("，", meeting.end())
            sentence = sentence[comma + 1 :] if comma >= 0 else NOTHING
        lists = list(_lists_in_prose(sentence)) or _list_continued(sentence, behind)
        for who, how in lists:
            if only_then := WHEN_IT_WAS_DEALT_WITH.search(who.folded):
                who = who[: only_then.start()]
            clauses = _behind_other_clauses(who.parts("，"))
            for clause in clauses:
                if NOT_OF_THE_LIST.fullmatch(clause.folded) or OF_THE_AGENDA.fullmatch(clause.folded):
                    continue
                people = clause
                how = f"邀请{how}" if INVITED_TOO.match(clause.folded) else how
                for before in (LEADERS, AND, INVITED_TOO, INVITED):
                    if found := before.match(people.folded):
                        people = people[found.end() :]
                if others := AND_OTHER_LEADERS.search(people.folded):
                    people = people[: others.start()]
                people, units = _people_and_units(people, home)
                if not COLLECTIVE.fullmatch(people.folded):
                    named, unclear = read_attendance_list(people, _role_of(how), home)
                    yield from (one for one in named if one.name or (with_groups and _is_a_post_of_a_unit(one)))
                    # In the opening, only the clause directly before 参加 is certainly about people.
                    yield from unclear if with_groups or (named and clause is clauses[-1]) else ()
                else:
                    units = people
                in_charge = _units_in_charge(units, every=False)
                named_units = [unit for unit in in_charge if not is_generic(unit.organization or "")]
                yield from named_units or (in_charge if with_groups else [])


def _called_in(sentence: Tracked) -> list[Attendee]:
    """Return the units whose heads were called together: 召集县水务局、县财政局负责人召开会议."""
    called = CALLED_IN.search(sentence.folded)
    if not called:
        return []
    units = _units_in_charge(sentence[called.start("who") : called.end("who")], every=False)
    return [unit for unit in units if not is_generic(unit.organization or "")]


def _behind_other_clauses(clauses: list[Tracked]) -> list[Tracked]:
    """Return the clauses that list people: those behind the last one on something else."""
    others = [index for index, clause in enumerate(clauses) if IS_ABOUT_SOMETHING_ELSE.search(clause.folded)]
    return clauses[others[-1] + 1 :] if others else clauses


def _people_and_units(text: Tracked, home: str) -> tuple[Tracked, Tracked]:
    """Split a text into the people named first, and units represented by their heads."""
    people, units = text, NOTHING
    if members := MEMBERS_TOO.search(text.folded):
        named, unclear = read_attendance_list(text[: members.start()], "", home)
        if named and not unclear and all(is_a_likely_name(one.name) for one in named):
            return text[: members.start()], NOTHING
        if PEOPLE_IN_CHARGE.fullmatch(text.folded, 0, members.start()):
            text = people = text[: members.start()]
    if PEOPLE_IN_CHARGE.fullmatch(text.folded):
        for joint in AND_UNITS.finditer(text.folded):
            before = text[: joint.start()]
            named, unclear = read_attendance_list(before, "", home) if before else ([], [])
            if TITLE_WORDS.fullmatch(before.folded) and not any(one.name for one in named):
                continue  # 县开发区党工委书记、管委会主任王岚: one more post of the same person
            if not named or unclear or not all(is_a_likely_name(one.name) for one in named):
                break
            people, units = before, text[joint.end() :]
    return people, units


def _lists_in_prose(sentence: Tracked) -> Iterator[tuple[Tracked, str]]:
    """Yield the text before each word of attending, with that word."""
    if listed := LIST_IN_PROSE.search(sentence.folded):
        yield sentence[listed.start("who") :], listed["how"]
        sentence = sentence[: listed.start()]
    start = 0
    while came := ATTENDED_AS.search(sentence.folded, start + 2):
        start = max(start, came.start() - LONGEST_LIST_IN_PROSE)
        yield sentence[start : came.start()].stripped("，、 "), came["how"]
        start = came.end()


def _list_continued(sentence: Tracked, behind: Tracked) -> list[tuple[Tracked, str]]:
    """Return who is named before a semicolon, if only crowds follow before 参加: 县长王岚；各单位负责人参加会议."""
    if not NAMES_A_POST.match(sentence.folded):
        return []
    return [(sentence, how) for who, how in _lists_in_prose(behind) if COLLECTIVE.fullmatch(who.folded)]


def _role_of(how: str) -> str:
    if how.endswith(("请假", "缺席")):
        return "apologies"
    invited = "邀" in how and not how.endswith("出席")
    return "in_attendance" if "列席" in how or invited else "present"


def _everyone_in(listing: Listing, role: str, home: str) -> tuple[list[Attendee], list[Problem]]:
    """Return the attendees of a listing."""
    compact = listing.text.compact
    invited, others = INVITED_TOO.match(compact.folded), AND_OTHER_LEADERS.search(compact.folded)
    if invited:
        return read_attendance_list(compact[invited.end() : others.start() if others else None], "in_attendance", home)
    if represented := REPRESENTATIVES.fullmatch(compact.folded):
        return _units_without_names(compact[: represented.end("units")], None), []
    unbroken = not any(" " in line.chars.strip() for line in listing.text.lines())
    people, units = _people_and_units(compact, home) if unbroken else (compact, NOTHING)
    if units and (in_charge := _units_in_charge(units)):
        named, unclear = read_attendance_list(people, role, home)
        return [*named, *in_charge], unclear
    if unbroken and (in_charge := _units_in_charge(compact)):
        return in_charge, []
    if listing.begins_with_its_name and (person := person_of_row(listing.text, role)):
        return [_under_its_label(person, listing)], []
    attendees, problems = read_attendance_list(listing.text, role, home)
    if listing.begins_with_its_name and not problems and not any(one.name for one in attendees):
        # In a list of names and titles, a line without a likely name was read as a unit.
        problems = [unreadable(listing.text)]
    return [_under_its_label(one, listing) if one.name else one for one in attendees], problems


def _under_its_label(attendee: Attendee, listing: Listing) -> Attendee:
    """Return the person with the unit or title of the sub-label, unless it has one."""
    return replace(attendee, organization=attendee.organization or listing.unit, title=attendee.title or listing.title)


def _units_in_charge(compact: Tracked, every: bool = True) -> list[Attendee]:
    """Return an entry for each unit represented by its head."""
    in_charge = PEOPLE_IN_CHARGE.fullmatch(compact.folded)
    if not in_charge:
        return []
    title = compact.chars[in_charge.start("title") : in_charge.end("title")] or None
    entries = _units_without_names(compact[: in_charge.end("units")], title)
    if title is None:
        return entries if all(_is_a_unit_or_a_field(entry.organization or "") for entry in entries) else []
    if in_charge["are_units"]:
        return entries  # 等单位 implies that all of them are units, even 北渚路、南屏街办事处
    units = [
        entry
        for entry, behind in pairwise([*entries, None])
        if entry and (_names_a_unit(entry.organization or "") or _shares_its_level(entry, behind))
    ]
    return [] if every and len(units) < len(entries) else units


def _is_a_post_of_a_unit(one: Attendee) -> bool:
    """Return whether somebody without a name is said by unit and post: 县政府办主任."""
    unit = one.organization or ""
    return POST.fullmatch(one.title or "") is not None and _names_a_unit(unit) and not is_generic(unit)


def _names_a_unit(name: str) -> bool:
    """Return whether the words name a unit, and no post: 市委常委 ends like one."""
    return looks_like_a_unit(name) and not TITLE_WORDS.fullmatch(name)


def _shares_its_level(entry: Attendee, behind: Attendee | None) -> bool:
    """Return whether the name of a town lacks its level, which the next one has: 北渚、南屏镇政府."""
    names = entry.organization or "", (behind.organization or "") if behind else ""
    return 2 <= len(names[0]) <= LONGEST_NAME_OF_A_TOWN and TOWN.fullmatch(names[1]) is not None


def _is_a_unit_or_a_field(name: str) -> bool:
    """Return whether the words name a unit, or units by field: 发改, 市统计."""
    return looks_like_a_unit(name) or FIELD.fullmatch(name) is not None


def _units_without_names(text: Tracked, title: str | None) -> list[Attendee]:
    """Return an entry for each unit of a list without names."""
    places = [0, *(place for comma in COMMA.finditer(text.folded) for place in comma.span()), len(text)]
    parts = [text[start:end].stripped() for start, end in zip(places[::2], places[1::2], strict=True)]
    entries: list[Attendee] = []
    untitled = 0
    for part in parts:
        own = UNIT_IN_CHARGE.fullmatch(part.folded)
        if own:
            # 县人大、县政协相关领导: the post applies to the preceding units too.
            entries[untitled:] = [replace(entry, title=own["title"]) for entry in entries[untitled:]]
        if part:
            unit = part[: own.end("unit")] if own else part
            others = OTHERS_TOO.search(unit.folded)
            unit = unit[: others.start()] if others else unit
            post = own["title"] if own else title
            entries.append(Attendee("represented", None, unit.chars.removesuffix("的"), post, None, unit.span))
        untitled = len(entries) if own else untitled
    return entries
