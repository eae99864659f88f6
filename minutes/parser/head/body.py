"""Determine the body: named, or inferred from independent evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from minutes.parser.imprint import Imprint
from minutes.parser.layout.lines import Line
from minutes.parser.source_text import Tracked
from minutes.parser.types import Field, Problem, Span
from minutes.parser.vocabulary.numerals import NUMERAL

# 云川市人民政府 · 云川市东浦区人民政府 · 云川市第13届人民政府 · 云川地区行政公署
# 云川市人民政府安全生产委员会 · 云川市人民政府防汛抗旱指挥部 (what meets is the committee)
BODY = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,12}?(?:省|市|区|县|旗|州|盟|镇|乡))"
    rf"(?:第?{NUMERAL}届)?(?P<government>人民政府"
    r"(?:(?:(?!会议|常务|党组|召开|主持|[听研审]|关于|成立|办公|[与和及省市区县旗州盟镇乡])[\u4e00-\u9fff]){2,12}?"
    r"(?:委员会|领导小组|指挥部))?|行政公署)"
)
# 召开云川市政府常务会议 · 云川市政府第12次常务会议 (where the name is said short, but with its place)
# 媒体报道：东浦区政府召开第16届12次常务会议
# 南屏县政府办 · 南屏县政府召开第3次常务会议 · 南屏县召开2021年第3次政府常务会议 · ，南屏县政府县长王岚主持召开
BODY_SAID_SHORT = re.compile(
    r"(?:^|[，日：]|[上下]午|召开了?|举行了?)(?P<place>(?:(?!召开|举行|主持)[\u4e00-\u9fff]){2,10}?(?<!届)[省市区县旗州盟镇乡])(?P<government>政府)"
    r"(?=第|\d|常务|党组|全体|专题|召开|举行|办(?:公[室厅])?$|[市区县州旗盟镇乡]长)"
    rf"|(?:^|[，日]|[上下]午)(?P<holder>[\u4e00-\u9fff]{{2,8}}?[市区县旗州镇乡])召开(?:\d{{4}}年)?(?:第?{NUMERAL}次)?(?:人民)?政府(?:常务|全体)"
)
# 东浦镇党政联席会议纪要 · 召开东浦镇2024年第6次党政联席会议
# 东浦镇召开党委政府联席会议 (party and government of a town)
BODY_OF_JOINT_MEETING = re.compile(
    r"(?:^|[，日]|[上下]午|召开了?|举行了?|中共)(?P<place>(?:(?!召开|举行|主持)[\u4e00-\u9fff]){2,14}?(?P<level>[乡镇]|街道))(?:委员会)?"
    rf"(?:召开|举行)?(?:\d{{4}}年)?(?:度)?(?:第{NUMERAL}次)?(?:党政(?:班子|领导)?|党(?:委|工委)、?(?:政府|办事处))联席"
)
# 3月5日，云川市水务局召开党组会议 · 3月5日上午，云川市城东街道办事处召开主任办公会
BODY_OF_AN_OFFICE = re.compile(
    r"(?:^|[，日]|[上下]午，?)(?P<name>(?:(?!召开|举行|主持)[\u4e00-\u9fff]){2,8}?[省市区县旗州](?:(?!召开|举行|主持)[\u4e00-\u9fff]){2,16}?"
    r"(?:局|委员会|管委会|办事处|中心))(?:党组|党委|党工委)?召开(?:党组|党委|党工委|局务|局长|主任|委员|理论)"
)
# 2021年3月5日，云川市市长王岚主持召开 · 3月5日，南屏县委副书记、县长王岚主持召开 (the post names the place)
# 3月5日，南屏县副县长沈一舟主持召开
PLACE_OF_THE_CHAIR = re.compile(
    r"(?:^|[，日）]|[上下]午)(?P<place>[\u4e00-\u9fff]{2,8}?(?P<level>[市县区州旗镇乡]))"
    r"(?=(?:人民政府|(?:党?委|工委)(?:副?书记|常委)、)?(?:代|(?:常务)?副)?(?P=level)长)"
)
# 3月5日，应县县委副书记、县长王岚主持召开 (a county whose name has one character)
COUNTY_OF_THE_CHAIR = re.compile(
    r"(?:^|[，日）]|[上下]午，?)(?P<place>[\u4e00-\u9fff]县)(?=县(?:委(?:副?书记|常委)、)?(?:代|(?:常务)?副)?县?长)"
)
# 召开云川市 · 年云川市 · 中共云川市 · 全市 · 现将县 · 已经市 (words before the name of the place)
# 云川市委办公室云川市 · 北渚镇委员会北渚镇 (whose party is named first)
NOT_A_PLACE = re.compile(
    r"(?:[省市县区州旗党工]委(?:员会)?|委员会)(?:办公室)?|了|会议|暨|讯|落实|研究|听取|审议|安排|部署|传达|推进|加强|欢迎|进入|访问|(?:现|拟|[已业并]?经|根据|按照|依据|对|就|将)(?=[省市县区州旗盟镇乡])|现将|已经|业经|中共|召开|主持|关于|请求|[各全本我][省市县区旗州盟镇乡]|的|在|由|送|(?<!开)发|年|第|届"
    r"|^(?:[区县]|市(?![北南中]区)|乡(?!宁)|镇(?![江远平安原宁雄康沅巴坪赉海][市区县]))"
)
THE_STATE = "中华人民共和国"
# 云川市人民政府 (its end, without which the place remains: 云川)
GOVERNMENT = re.compile(r"(?:地区|[省市区县旗州盟镇乡])(?:人民政府|行政公署)$")
# 云川市东浦区 · 南屏县 (without which a place is called in short: 东浦)
WITHOUT_LEVEL = re.compile(r"^[\u4e00-\u9fff]{2,5}?[省市州盟](?=[\u4e00-\u9fff]{3})|[市县区州旗镇乡]$")
# 云川市人民政府（办公室）
GOVERNMENT_OF_OFFICE = re.compile(r".{2,16}?人民政府")
# 云川高新技术产业开发区管委会 · 云川市水务局局长办公会议纪要 · 云川市城市更新工作领导小组2024年第1次会议纪要
# 2021年度北渚大学第1次校长办公会议纪要 · 北渚平原规划局长联席会议第一次全体会议纪要
# 北渚湖综合治理指挥部会议纪要 · 东浦镇党委会议纪要 · 北渚村两委会议记录
# 北渚大学校长办公会议纪要 · 北渚大学水利学院党政联席会议纪要
OTHER_BODY = re.compile(
    r"(?:(?:20|19)\d\d年度?)?(?:中共)?(?!关于|[省市县区州旗盟镇乡全])"
    r"(?P<name>[\u4e00-\u9fff]{2,12}?(?:省|市|区|县|旗|州|盟|镇|乡|街道)[\u4e00-\u9fff]{0,24}?"
    r"(?:管委会|管理委员会|办事处|局|厅|委员会|领导小组|指挥部|(?<!党政)(?<!政府)(?<!办事处)(?<!班子)(?<!领导)联席会议|中心)"
    r"|[\u4e00-\u9fff]{2,10}?(?:[镇乡村]|街道|社区)(?:党委|党工委|党总支|党支部|村?委会|村民委员会|居民委员会|“?两委”?)"
    r"|[\u4e00-\u9fff]{4,20}?(?:联席会议|领导小组|指挥部|委员会)(?=第|会议纪要)"
    r"|[\u4e00-\u9fff]{2,16}?(?:大学|学院|中学|小学|学校|医院|公司)(?:[\u4e00-\u9fff]{2,10}?(?:学院|医院|中学|小学))?)(?:办公室)?"
    rf"(?:党组|党委|党工委)?(?:(?:\d{{4}}年)?(?:度)?第{NUMERAL}次)?[\u4e00-\u9fff（）]{{0,10}}?(?:会|会议|纪要)?(?:纪要|记录)?"
)
# 云川市水务局办公室
OTHER_BODY_OF_OFFICE = re.compile(
    r"(?![省市县区州旗盟镇乡])"
    r"(?P<name>[\u4e00-\u9fff]{2,12}?(?:省|市|区|县|旗|州|盟|镇|乡)[\u4e00-\u9fff]{2,20}(?:局|管委会|委员会|办事处))"
    r"(?:党政|综合)?办公室"
)
# 《云川县公交管理办法》
DOCUMENT = re.compile(r"《[^《》]*(?:〈[^〈〉]*〉[^《》]*)*》")
# 县长王岚 · 区委副书记、代区长沈一舟
LEVEL_OF_CHAIR = re.compile(r"([市县区州旗镇乡])长")
# 《云川县公交管理办法》 · 来源：云川市东浦区融媒体中心 · 中共云川县委 (a place where a name can begin)
# 《2021年云川县供水计划》 · 《推动云川县节水工作方案》
PLACE_NAMED = re.compile(
    r"(?:^|[：>|\s《〈、，。（])(?:关于)?(?:\d{4}年度?)?(?:印发|修订|制定|调整|加强|申请|请求|推进|推动|促进|深化|加快|支持|解决|成立|开展|实施|召开)?(?:中共|中国共产党)?"
    r"(?P<place>(?P<within>[\u4e00-\u9fff]{2,5}?[省市州盟])?[\u4e00-\u9fff]{1,4}?(?P<level>[市县区州旗镇乡]))"
)
# 云川市人民政府重大行政决策事项目录 (in full, wherever the name of a document has it)
GOVERNMENT_NAMED = re.compile(r"(?P<place>(?:(?![年度了的])[\u4e00-\u9fff]){2,5}?(?P<level>[市县区州旗镇乡]))人民政府")
# 云川：县政府召开第8次常务会议 (the title of a news page)
PLACE_BEFORE_COLON = re.compile(r"^(?P<place>[\u4e00-\u9fff]{2,5})：(?P<level>[市县区州旗镇乡])政府")
# 来源：云川日报 · 来源：云川发布 · 云川融媒讯 (the press of the place)
PRESS_OF_THE_PLACE = re.compile(
    r"(?:来源：|^据?)(?:今日|微|爱)?(?P<place>(?!人民|新华|本报|中国|今日)[\u4e00-\u9fff]{2,3}?)"
    r"(?:日报|晚报|早报|发布(?![时日机单])|新闻网|融媒|电视台|广播|宣传|在线|政府网|政务|乡音报|周报|时报)"
)
# 云川日报 · 云川新闻网 (whose name says nothing of the meeting)
PRESS_NAMED = re.compile(r"[\u4e00-\u9fff]{2,3}(?:日报|晚报|早报|发布|新闻网|融媒|电视台|广播|宣传|在线|政府网|政务)")
# 听取了区 · 各分管区 (words of sentences, no names of places)
WORDS_OF_SENTENCES = re.compile(
    r"会议|讯|本报|内容|标题|研究|听取|审议|分管|谋划|加强|推进|建设|工作|全[省市县区]|各|和|与|及|了|对|将|要|为|以"
)
# 开发区 · 云川市城区 · 建制镇 (kinds of places, no names)
GENERIC_PLACE = re.compile(
    r"(?:[城园社地山校景灾库片牧矿林辖全各新小]|开发|高新|示范|工业|城市)区$|(?:^|[新老大小本各该全]|..)城市$|[集乡城村建小制]镇$|各乡$|他[市县区]$"
)

# 召开区管委会2021年第3次常务会议 (no government met)
HELD_BY_A_COMMITTEE = re.compile(r"(?:召开|主持)[市县区]?管委会(?![、和暨])")

# What else may have met than the government, by the end of its name.
HELD_BY_OTHERS = {
    # 县十六届人大常委会第12次会议
    "人大常委会": re.compile(r"人大常委会(?!副?主任|党组(?:书记|成员)|办公室)"),
    # 县政协主席会议 · 县政协第12次主席会议 · 县政协党组（扩大）会议
    "政协": re.compile(r"政协(?:第?[^，。]{1,8}次)?(?:党组|主席|常委会?)(?:（[^（）]{1,6}）)?会"),
    # 区委常委会近日举行会议 · 召开县委常委（扩大）会 · 县委十六届第43次常委会议
    "委": re.compile(r"[市县区州旗]委(?:[^，。；]{0,8}次)?(?:常委(?=会|（|扩大)|召开|举行|理论学习|书记办公)"),
}
MOST_CANDIDATES = 5
# A meeting that deals with this many documents of one place, and of no other, is likely to be of its government; those
# of a city may be of the city above.
FEWEST_DOCUMENTS = 2
THE_TEXT = "正文"
NOTHING_NAMES_THE_BODY = Problem("body-missing", "没有读到会议主体，请在原文中查找并填写", None)
# 全县防汛工作会议 · 市委副书记王岚 · 县十六届人大常委会第12次会议 (a level, and nothing more of the body)
LEVEL_SAID = re.compile(
    r"全(?P<all>[市县区州旗镇乡])|(?P<party>[市县区州旗])(?:委(?:副?书记|常委|[^，。；]{0,8}次)|[^，。；]{0,6}(?:人大常委会|政协))"
)
# 市政府 · 县人民政府
LEVEL = re.compile(r"([市县区州旗镇乡])(?:人民)?政府")


# 3月5日，市水务局召开局党组会议 (an office of a place that is not named)
OFFICE_MET = re.compile(
    r"(?:^|[，日]|[上下]午，?)(?P<name>[省市县区州旗][\u4e00-\u9fff]{2,10}?(?:局|厅|委))(?:党组)?召开"
)
# 信息来源：云川市水务局
OFFICE_IN_FULL = re.compile(
    r"(?:^|[：\s])(?P<full>[\u4e00-\u9fff]{2,4}(?P<name>[省市县区州旗][\u4e00-\u9fff]{2,10}?(?:局|厅|委)))(?=$|\s)"
)


def body_in(text: Tracked) -> Field[str] | None:
    """Return the body named in full, without 第N届, or in short."""
    return _body_in_full(text) or _body_said_short(text)


def _body_in_full(text: Tracked) -> Field[str] | None:
    """Return the body named in full, without 第N届."""
    state = text.folded.find(THE_STATE)
    for found in BODY.finditer(text.folded):
        if 0 <= state <= found.end() - len(THE_STATE):
            return None
        start = found.start("place")
        for junk in NOT_A_PLACE.finditer(found["place"]):
            start = found.start("place") + junk.end()
        if found.end("place") - start >= 3:
            name = text.chars[start : found.end("place")] + found["government"]
            return Field(name, Span(text.starts[start], text.ends[found.end() - 1]))
    return None


def _body_said_short(text: Tracked) -> Field[str] | None:
    """Return the full name of a body named by place and 政府, or its head's post."""
    if (joint := BODY_OF_JOINT_MEETING.search(text.folded)) and not NOT_A_PLACE.search(joint["place"]):
        return text.field_as(joint["place"] + ("办事处" if joint["level"] == "街道" else "人民政府"), joint, "place")
    if (office := BODY_OF_AN_OFFICE.search(text.folded)) and not NOT_A_PLACE.search(office["name"]):
        return text.field(office, "name")
    for form in (BODY_SAID_SHORT, COUNTY_OF_THE_CHAIR, PLACE_OF_THE_CHAIR):
        found = form.search(text.folded)
        place = (found.groupdict().get("holder") or found["place"]) if found else None
        if found and place and not NOT_A_PLACE.search(place):
            return text.field_as(f"{place}人民政府", found)
    return None


def meeting_body(
    in_head: Field[str] | None,
    about: Tracked,
    imprint: Imprint,
    opening: Tracked,
    chaired: Tracked,
    web_page: list[Line],
) -> Field[str] | None:
    """Return the body from head, opening, office or website; of posts only that of who `chaired` names it.

    Titles of documents do not count.
    """
    return (
        in_head
        or body_in(_without_documents(about))
        or _body_of_the_office(imprint)
        or _body_in_full(_without_documents(opening))
        or _body_said_short(_without_documents(chaired))
        or _body_of_the_site(web_page, about)
    )


def documents_named(text: Tracked) -> list[Tracked]:
    """Return every 《document》 named in the text."""
    return [text[found.start() : found.end()] for found in DOCUMENT.finditer(text.folded)]


def _without_documents(text: Tracked) -> Tracked:
    """Remove titles of documents from the text, since they name other governments."""
    return text.without({index for found in DOCUMENT.finditer(text.folded) for index in range(*found.span())})


def infer_body(
    about: Tracked, signs: dict[str, Iterable[Tracked]], text: Tracked
) -> tuple[Field[str] | None, list[Problem]]:
    """Return the body on which two independent sources agree, or None and a problem.

    The problem lists the candidates, if any. `signs` are texts by source: documents, units, head, end, web page. The
    text itself, without its documents, is a further one for a place that another names.
    """
    level = _level_of(about)
    if not level:
        return None, [NOTHING_NAMES_THE_BODY]
    places: dict[str, Field[str]] = {}
    seen: dict[str, set[str]] = {}
    documents: dict[str, set[str]] = {}
    for sign, texts in signs.items():
        for part in texts:
            for place in _places_in(part, level):
                known = next((name for name in places if name.endswith(place.value)), None)
                shorter = [name for name in places if place.value.endswith(name) and name != place.value]
                for name in shorter:
                    places.pop(name)
                    seen.setdefault(place.value, set()).update(seen.pop(name))
                name = known or place.value
                places.setdefault(name, place)
                seen.setdefault(name, set()).add(sign)
                if part.folded.startswith("《"):
                    documents.setdefault(name, set()).add(part.folded)
    folded = PRESS_NAMED.sub("", _without_documents(text).folded)
    page = "".join(PRESS_NAMED.sub("", line.folded) for line in signs.get("网页", ()))
    for name, where in seen.items():
        short = WITHOUT_LEVEL.sub("", name)
        if short in page:
            where.add("网页")
        # 市中 is also said of what is no place: 全市中小学.
        if (name if short.startswith("市") else short) in folded:
            where.add(THE_TEXT)
    agreed = [name for name, where in seen.items() if len(where) > 1]
    if level != "市" and not agreed and len(seen) == 1 and len(next(iter(documents.values()), ())) >= FEWEST_DOCUMENTS:
        agreed = list(seen)
    if len(agreed) == 1:
        name = agreed[0] + _organ_named_in(about)
        message = f"原文没有直接写明会议主体，根据{'、'.join(sorted(seen[agreed[0]]))}推断为{name}"
        span = places[agreed[0]].span
        # A document may name the place above the one that meets, and the text as well.
        if len(seen[agreed[0]] - {THE_TEXT}) == 1:
            return Field(name, span), [Problem("body-inferred-from-text", message, span)]
        return Field(name, span), [Problem("body-inferred", message, span)]
    if not seen:
        return None, [NOTHING_NAMES_THE_BODY]
    message = f"原文没有写明会议主体，可能是：{'、'.join(list(seen)[:MOST_CANDIDATES])}，请选择"
    return None, [Problem("body-uncertain", message, next(iter(places.values())).span)]


def _organ_named_in(about: Tracked) -> str:
    """Return the end of the body's name: the government, unless others of the place met."""
    if HELD_BY_A_COMMITTEE.search(about.folded):
        return "管委会"
    if "政府" in about.folded:
        return "人民政府"
    return next((organ for organ, words in HELD_BY_OTHERS.items() if words.search(about.folded)), "人民政府")


def _level_of(about: Tracked) -> str | None:
    """Return the level of the government, or of the post of its head: 县政府, 区长."""
    if found := LEVEL.search(about.folded) or LEVEL_OF_CHAIR.search(about.folded):
        return found[1]
    said = LEVEL_SAID.search(about.folded)
    return (said["all"] or said["party"]) if said else None


def _places_in(text: Tracked, level: str) -> Iterator[Field[str]]:
    """Yield each place of the level in a text at possible starts of names."""
    if press := PRESS_OF_THE_PLACE.search(text.folded):
        yield text.field_as(press["place"].removesuffix(level) + level, press, "place")
    titled = PLACE_BEFORE_COLON.match(text.folded)
    if titled and titled["level"] == level and not _is_no_name(titled["place"]):
        yield text.field_as(titled["place"].removesuffix(level) + level, titled, "place")
    if text.folded.startswith("《"):
        for found in GOVERNMENT_NAMED.finditer(text.folded):
            # Even 新城区 is a name where a government is named after it.
            if found["level"] == level and not any(
                words.search(found["place"]) for words in (NOT_A_PLACE, WORDS_OF_SENTENCES)
            ):
                yield text.field(found, "place")
    for found in PLACE_NAMED.finditer(text.folded):
        start, end = found.span("place")
        if (found["level"] != level and found["within"] and found["within"].endswith(level)) or (
            found["within"] and level == "市"
        ):
            end = found.end("within")
        within_a_name = "市县" if level == "区" else "乡镇州"
        if level in "市县区" and found["level"] in within_a_name and text.folded.startswith(level, end):
            end += 1  # 岭县区 is a district, not the county 岭县; 武乡县 and 青州市 are no 武乡 and 青州
        name = text.folded[start:end]
        if name.endswith(level) and len(name) >= 3 and not _is_no_name(name):
            yield text[start:end].as_field()


def _is_no_name(place: str) -> bool:
    """Return whether the words are no name of a place: 全县, 听取了区, 城区."""
    return any(words.search(place) for words in (GENERIC_PLACE, NOT_A_PLACE, WORDS_OF_SENTENCES))


def place_name(body: Field[str] | None) -> str:
    """Return the place of the body without its level (云川).

    Names of units often start with it, names of people never do.
    """
    return GOVERNMENT.sub("", body.value) if body else ""


def _body_of_the_office(imprint: Imprint) -> Field[str] | None:
    """Return the body whose office compiled or issued the minutes."""
    for office in (imprint.compiled_by, imprint.issued_by):
        found = GOVERNMENT_OF_OFFICE.match(office.value) if office else None
        if office and found and len(found[0]) > len("市人民政府"):
            return Field(found[0], office.span)
        if office and (other := OTHER_BODY_OF_OFFICE.fullmatch(office.value)):
            return Field(other["name"], office.span)
    return None


def _office_in_full(noise: list[Line], about: Tracked) -> Field[str] | None:
    """Return the office that met, as the web page names it in full: 市水务局召开 on a page of 云川市水务局."""
    office = OFFICE_MET.search(about.folded)
    for line in noise if office else ():
        for full in OFFICE_IN_FULL.finditer(line.raw.folded):
            if office and full["name"] == office["name"]:
                return line.raw.field(full, "full")
    return None


def _body_of_the_site(noise: list[Line], about: Tracked) -> Field[str] | None:
    """Return the body of the website, if its level is that of the meeting."""
    level = LEVEL.search(about.folded)
    if not level:
        return _office_in_full(noise, about)
    names = (body_in(line.text) for line in noise)
    return next((name for name in names if name and name.value.endswith(f"{level[1]}人民政府")), None)
