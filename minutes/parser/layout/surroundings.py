"""Lines of page and website around the minutes, found by position and layout.

Between opening and end of the minutes, a line is only removed for its form (a page number) or because it repeats a
line of the head at a page break. Words typical of websites only count above the opening and after the end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from minutes.parser.layout.lines import Line
from minutes.parser.types import Noise, Problem
from minutes.parser.vocabulary import labels
from minutes.parser.vocabulary.dates import DATE_FORM
from minutes.parser.vocabulary.labels import DATELINE
from minutes.parser.vocabulary.names import is_a_likely_name, is_a_run_of_names
from minutes.parser.vocabulary.verbs import STATEMENTS, any_of

# — 12 — · 第3页 · 云川市人民政府常务会议纪要 第3页共8页 · 3/8
PAGE_NUMBER = re.compile(r"-+\.?\d{1,3}\.?-*|\d{1,3}\.?-+|.{0,30}第\d{1,3}页(?:，?共\d{1,3}页)?|\d{1,3}/\d{1,3}|-+")
# 12 alone on its line, in 第12页 (a page number only where others go before or follow)
BARE_NUMBER = re.compile(r"\d{1,3}")

# 您现在的位置：首页>政务公开>会议纪要 · 发布时间：2021-03-05
# 时间：2021/03/0510：00：00 · 内容更新时间：2021-03-05 · 创建时间：2021/03/05
# 日期：2021年3月5日 字体：大中小 · 来自：云川日报 · 提要：市政府召开会议 · 2021年03月05日来源：新闻中心
# 时间：2021-03-05 来源：云川日报 · 字体：大中小 · 浏览次数：31 · 云川市人民政府门户网站
# | 2021-03-05 11:18:04 编辑：王岚 阅读次数：31 | · 第A01版：要闻 · 2021年03月05日09：52 来源：云川网
WEB_HEAD = re.compile(
    r"[〔·-]?(?:(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?=来源|作者|编辑|浏览|点击|阅读)|\|*(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{3,4}：\d\d(?:：\d\d)?(?=编辑|记者|人气|作者|来源|责任|阅读|浏览|点击|\||$)|您?(?:当前|现在)?的?(?:所在)?位置：?|首页|网站首页|扫一扫|打印本?页?|关闭(?:窗口|本页)?|分享(?:到|至)?"
    r"|字体|字号|(?:图文|政策|视频)解读：|(?:时间|日期)：.{0,24}(?:来源|作者|浏览|阅读|点击|字[体号]：)"
    r"|(?:时间|日期)：\d{4}[-/.]\d{1,2}[-/.]\d{3,4}：\d\d|(?:内容)?(?:更新|创建|录入)(?:时间|日期)"
    r"|来源：|来自：|提要：|(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:\d{1,2}：\d\d)?来源|(?:信息|文章)来源|.{0,60}(?:浏览|点击|阅读|访问)(?:量|次数|数)：?\d|[\u4e00-\u9fff]{0,12}发(?:布|表)(?:时间|日期|机构|单位)|浏览(?:次数|量)|阅读(?:次数|量)?：|点击(?:数|次数|量)?：|访问量"
    r"|.{2,16}门户网站|无障碍|责任编辑|编辑：|作者："
    r"|上一篇|下一篇|上一条|下一条|索引号|主题分类|发文机关|成文日期|有效性|公开目录|信息分类|体裁分类|生成日期"
    r"|文件编号|组配分类|发文日期|发布文号|进入老年版|长者模式|公开(?:范围|时限|责任部门)"
    r"|网站地图|版权所有|主办单位|主办：|承办单位|承办：|技术支持|备案|网站标识码|联系我们|联系电话|关于我们"
    r"|繁体版|长辈版|A\+|本文字数|浏览：|第(?:[A-Z]?\d{1,2}|[一二三四五六七八])版：|今天是|欢迎您|关键词|公开(?:形式|方式|目录)(?!：)|手机版|返回(?:顶部|首页)|网站(?:无障碍|支持)|适老(?:版|化)"
    r"|相关(?:链接|文档|附件|阅读|信息)|附件下载|收藏|微信|微博|您是第|[\u4e00-\u9fff]公网安备|[\u4e00-\u9fff]ICP备"
    r"|(?i:copyright|produced by|powered by)|https?：//|www\.)"
)
LONGEST_LINE_OF_A_WEB_HEAD = 90
# 2021/03/05 · 2021-03-05 (alone in a line above the text, where a program writes it; not 2021年3月5日)
DAY_OF_WEB_PAGE = re.compile(r"(?:19|20)\d\d(?P<mark>[-/.])\d{1,2}(?P=mark)\d{1,2}")
# 文号 成文日期：2021-03-05 发布日期：2021-03-08 (at least two labels of the table that web sites put above a document)
LABEL_OF_WEB_TABLE = re.compile(
    r"索引号|主题分类|组配分类|信息分类|体裁(?:分类)?|主题词|文件名称|阅读次数|发[布文](?:机构|机关|单位|日期|时间|字号)|发布文号|文号"
    r"|成文日期|生成日期|生效(?:日期|时间)|废止(?:日期|时间)|有效性|关键词|公开(?:方式|形式|范围|时限|日期)|信息来源|内容概述|责任部门|是否有效"
)

# 政务公开 · 走进云川 · 文号： (navigation, where no long line is above it)
NAVIGATION = re.compile(
    r"(?:政务|政府|党政|政民|互动|信息|新闻|数据|专题|领导|走进|魅力)[\u4e00-\u9fff]{2}|政府信息公开|政策原文：?|文号："
)
# 日期：2021-03-05 (of the page, where words of a page stand beside it)
LABELLED_DAY = re.compile(r"(?:时间|日期)：(?:19|20)\d\d(?P<mark>[-/.])\d{1,2}(?P=mark)\d{1,2}")
LONGER_THAN_NAVIGATION = 20
LONGEST_VALUE = 40

# 会议内容 · 一图读懂
# 首页>政务公开>常务会议 · 大|中|小 · （本报记者 王岚） · 记者 王岚 报道 · ---|---| (the rule of a table)
WEB_PATH = re.compile(
    r"[>»]{0,3}[^>»]{1,12}(?:[>»]{1,3}[^>»]{1,20}){1,6}[>»]?|大中小|\|?(?:大\|?中\|?小)\|?"
    r"|会议(?:题目|内容|时间|议题)|[出列]席情况|提纲速读|解读评论|视频报道|一图读懂"
    r"|(?:本报)?(?:记者|通讯员)[^，。：]{2,20}(?:报道|摄影)|[-|]{3,}"
    r"|（.{0,10}(?:记者|通讯员|编辑|供稿|摄影|撰稿人?)[：、]?.{1,24}）"
)
# 〔打印〕〔关闭〕 · 〔字体：大中小〕
BUTTONS = re.compile(r"(?:〔(?:(?:打印|关闭|大|中|小|收藏|分享)[^〕]{0,8}|字体[^〕]{0,20})〕)+")

# ▲会议现场。 · 图为：会议现场 · 市融媒体中心供图 · 2eba8e0d337d.png (below a picture, wherever it was)
CAPTION = re.compile(
    r"▲[^。；，]{2,16}。?|图为：?[^。；，]{2,16}。?"
    r"|[\u4e00-\u9fff]{2,12}(?:供图|[/ ]?摄)|[\w-]{6,60}\.(?:png|jpe?g|gif|webp)",
    re.IGNORECASE,
)

# 标签： · 留言与评论（共有0条评论） · 评论0人参与 · 最新评论
# 通讯员王岚2021年3月5日 · 供稿：沈一舟
# 扫一扫在手机打开当前页面 · 版权所有：云川市人民政府 · 相关文章 · 视频新闻： · （本报记者 王岚）
# （王岚、沈一舟报道） · 回到顶部 · 文/摄影王岚 · 记者：王岚编辑：沈一舟 · 稿件来源：云川日报
# 政务公开政务服务互动交流 · 会议解读：常务会议 · 播音：王岚 · 全媒体记者：王岚
WEB_FOOT = re.compile(
    r"(?:政府信息公开|政务公开|政务服务|政民互动|互动交流|办事服务|新闻中心|专题专栏){2,}$|(?:智能|热门)推荐$"
    r"|扫一扫|扫码|关联稿件|相关(?:链接|稿件|文档|文章|新闻|附件|阅读|信息|推荐)(?:：|$)"
    r"|视频新闻|版权所有|网站地图|网站标识码"
    r"|（[^）]{0,10}(?:记者|通讯员|供稿|摄影|撰稿|报道|文/图)"
    r"|[（〔]?(?:责任编辑|编辑：|作者：|审稿|撰稿人?：|供稿|(?:信息|稿件|文章)?来源：)"
    r"|(?:上一|下一)[篇条]|分享[到至：]|打印(?:本页|文章)?$|打印本页|关闭窗口|国家各网站|本网站支持|您是第"
    r"|(?i:copyright|produced by|powered by)|https?：//|www\."
    r"|[\u4e00-\u9fff]公网安备|[\u4e00-\u9fff]ICP备|备案(?:序?号|编号)|联系我们|关于我们|网站声明|互联网违法"
    r"|标签：|新闻推荐$|\d{1,4}条评论|\*?正文：$|验证码|暂无(?:网友)?评论|网友评论|留言与评论|评论(?:一下|\d)|(?:网友|最[热新])评论|还没有评论|已有\d+人参与"
    r"|(?:会议|政策|图文|视频)解读："
    r"|(?:(?:全媒体|融媒体?|见习|实习)?记者|实习生|播音|配音|摄像|拍摄|剪辑|审片|制片|通讯员|(?:新媒体)?(?:编辑|监制)|[初复终]审)：[\u4e00-\u9fff、]{2,24}?(?:$|(?:编辑|摄影|通讯员|审核|来源)：)"
    rf"|(?:通讯员|记者|供稿|撰稿|报道|[文图]/?(?:图|摄影?))[：/]?[\u4e00-\u9fff、]{{2,12}}(?:{DATE_FORM})?$"
    r"|附件(?:\d{0,2}[：.]|下载)|热点(?:新闻|推荐)|返回(?:顶部|首页|列表)|回到顶部|〔(?:打印|关闭|收藏|分享)"
)
# 主办单位：云川市文旅局 · 技术支持：云川科技公司 · 无障碍浏览 (a foot only where no sentence follows)
WEB_FOOT_OR_MATTER = re.compile(
    r"主办(?:单位)?：|承办(?:单位)?：|技术支持|联系电话|收藏|微信|微博|无障碍|今天是|手机版|.{2,16}门户网站|发布(?:时间|日期|机构)"
    r"|信息来源|浏览(?:次数|量)|访问量"
)
# （云川市融媒体中心） · （市水务局） (who wrote the page, right above its foot)
BRACKETED_SOURCE = re.compile(r"（[\u4e00-\u9fff]{2,14}(?:局|委|办|中心|社|台|报|网|科|室)）")
# 审核：王岚 · 校对：沈一舟 (of the page, where who edited it is named right above)
CHECKED_BY = re.compile(r"(?:审核|校对|审签|签发|初审|终审)：")
# 编辑：王岚 · （来源：云川日报 · 编辑 沈一舟
EDITED_BY = re.compile(r"[（〔]?(?:责任编辑|责编|编辑|作者|来源|撰稿人?|供稿)[：\s]")
# （王岚） · 王岚 沈一舟 · ■王岚 · （水务局 王岚） (likewise, in the last line)
WRITERS = re.compile(
    r"（(?:[\u4e00-\u9fff]{2,10}(?:局|委|办|中心|社|台|报|网|科|室))?(?P<within>[\u4e00-\u9fff、]{2,12})）|[■□◆/·]?(?P<bare>[\u4e00-\u9fff、]{2,9})"
)
LINES_OF_A_CREDIT = 2
# 市政府召开第12次常务会议 (the title of a news page, repeated below its text)
TITLE_BELOW = re.compile(r"[^，。；：、]{2,30}(?:召开|举行)[^，。；：、]{2,30}|[^，。；：、]{4,40}会议?(?:召开|举行)")
# 会议同意市水务局的意见 · 会议还研究了其他事项 (what the minutes themselves say)
MEETING_SAYS = re.compile(rf"(?:会议|会上)[^。]{{0,6}}{any_of(STATEMENTS)}")
# 一、审议《云川市节水条例》 · 〔审议《云川市节水条例》〕
NUMBERED_ITEM = re.compile(
    r"第?[一二三四五六七八九十]{1,3}[、.：]|议题[一二三四五六七八九十]|〔(?:审议|听取|研究|传达)"
)
# 2021年3月5日，市长王岚主持召开市政府第12次常务会议 (a sentence, not the title of a news page)
OPENS = re.compile(r"(?:主持|召开|举行|召集).*[，。；]|.*[，。；].*(?:主持|召开|举行|召集)|会议(?:听取|审议|研究|议定)")
# 2021年3月5日上午，云川市规划委员会第一次会议在市政府礼堂召开。 · 本次会议审议了《云川市节水条例》。 (whole sentences)
IS_ABOUT_A_MEETING = re.compile(
    rf"(?:{DATE_FORM}[^。]{{0,80}}(?:召开|举行)|(?:本次|此次)会议[^。]{{0,6}}{any_of(STATEMENTS)})[^。]*。"
)
# 云川 (a line of brackets and dashes has none)
WORD = re.compile(r"\w")
# 由市财政局负责。
ENDS_A_SENTENCE = re.compile(r"[。；！？](?:”|）)?$")

REASONS = {
    "page-number": "页码",
    "running-head": "页眉",
    "web-head": "网页页首",
    "web-foot": "网页页脚",
    "button": "网页按钮",
    "caption": "图片说明",
    "notice": "印发通知",
}


@dataclass(frozen=True)
class Surroundings:
    """The lines of the minutes, removed lines with reasons, and doubtful ones kept."""

    lines: list[Line]
    noise: list[tuple[Line, str]]
    doubtful: list[Line]

    def as_noise(self) -> tuple[Noise, ...]:
        """Return the removed lines as noise."""
        return tuple(Noise(line.text.chars, reason, line.text.span) for line, reason in self.noise)

    def of_web_page(self) -> list[Line]:
        """Return the removed lines of the web page."""
        return [line for line, reason in self.noise if reason in ("web-head", "web-foot")]

    def problems(self) -> list[Problem]:
        """Return a problem for each line within the minutes that looks like a web page."""
        message = "这一行像网页上的文字，但位于纪要正文之中，已按正文收录，请核对"
        return [Problem("web-words-within", message, line.text.span) for line in self.doubtful]


def separate_surroundings(lines: list[Line], page_breaks: Iterable[int]) -> Surroundings:
    """Separate the lines of the minutes from those of page and website."""
    start, end = _first_line(lines), _end(lines)
    at_page_break = _at_page_break(lines, page_breaks)
    running_heads = _running_heads(lines, start, at_page_break)
    page_numbers = _bare_page_numbers(lines)
    kept: list[Line] = []
    noise: list[tuple[Line, str]] = []
    doubtful: list[Line] = []
    only_short_lines = True
    for index, line in enumerate(lines):
        only_short_lines = only_short_lines and len(line.text) < LONGER_THAN_NAVIGATION
        reason = None
        if index >= end:
            reason = "web-foot"
        elif index in page_numbers or PAGE_NUMBER.fullmatch(line.folded):
            reason = "page-number"
        elif index in running_heads:
            reason = "running-head"
        elif index < start:
            is_of_page = _is_headline(lines, index) or _is_day_of_page(lines, index)
            is_of_page = is_of_page or _is_in_a_column(lines, index)
            reason = "web-head" if is_of_page else _reason_in_head(line, only_short_lines)
        elif BUTTONS.fullmatch(line.folded):
            reason = "button"
        elif CAPTION.fullmatch(line.folded):
            reason = "caption"
        elif WEB_FOOT.match(line.folded):
            doubtful.append(line)
        if reason:
            noise.append((line, reason))
        else:
            kept.append(line)
    return Surroundings(kept, noise, doubtful)


def _is_headline(lines: list[Line], index: int) -> bool:
    """Return whether the line is the headline above the text of a newspaper (本报讯…)."""
    below = lines[index + 1] if index + 1 < len(lines) else None
    return below is not None and not lines[index].ends_a_sentence and DATELINE.match(below.folded) is not None


def _is_day_of_page(lines: list[Line], index: int) -> bool:
    """Return whether the line is a day alone as a program writes it, but not the one that 会议时间 above it names."""
    beside = [lines[place].folded for place in (index - 1, index + 1) if 0 <= place < len(lines)]
    if LABELLED_DAY.fullmatch(lines[index].folded) and any(map(WEB_HEAD.match, beside)):
        return True
    is_named = index > 0 and lines[index - 1].folded.endswith(("时间", "日期", "时间：", "日期："))
    return DAY_OF_WEB_PAGE.fullmatch(lines[index].folded) is not None and not is_named


def _reason_in_head(line: Line, only_short_lines: bool) -> str | None:
    """Return why a line above the opening is not part of the minutes, if so."""
    folded = line.folded
    if BUTTONS.fullmatch(folded):
        return "button"
    if CAPTION.fullmatch(folded):
        return "caption"
    navigates = only_short_lines and NAVIGATION.fullmatch(folded)
    has_web_words = len(folded) <= LONGEST_LINE_OF_A_WEB_HEAD and (WEB_HEAD.match(folded) or _is_of_web_table(folded))
    return "web-head" if navigates or has_web_words or WEB_PATH.fullmatch(folded) else None


def _is_in_a_column(lines: list[Line], index: int) -> bool:
    """Return whether the line is a label of the page's table alone in its line (索引号), or a value right below one."""
    above = lines[index - 1].folded if index else ""
    is_a_value = len(lines[index].folded) < LONGEST_VALUE and not lines[index].ends_a_sentence
    is_below = is_a_value and LABEL_OF_WEB_TABLE.fullmatch(above) is not None
    return is_below or LABEL_OF_WEB_TABLE.fullmatch(lines[index].folded) is not None


def _is_of_web_table(folded: str) -> bool:
    """Return whether a line is a row of a metadata table, with two or more labels."""
    return LABEL_OF_WEB_TABLE.match(folded.lstrip("|")) is not None and len(LABEL_OF_WEB_TABLE.findall(folded)) > 1


def _first_line(lines: list[Line]) -> int:
    """Return the index of the first line of the opening or the first item."""
    for index, line in enumerate(lines):
        is_short = len(line.folded) <= LONGEST_LINE_OF_A_WEB_HEAD
        is_web = is_short and (
            WEB_HEAD.match(line.folded) or _is_of_web_table(line.folded) or _is_in_a_column(lines, index)
        )
        if is_web or (index + 1 < len(lines) and _is_title_of_web_page(line, lines[index + 1])):
            continue
        if OPENS.match(line.folded) or _is_of_the_minutes(line):
            return index
    return 0


def _is_title_of_web_page(line: Line, following: Line) -> bool:
    """Return whether 王岚主持召开第12次常务会议 is the title above 发布时间：."""
    return not line.ends_a_sentence and WEB_HEAD.match(following.folded) is not None


def _is_of_the_minutes(line: Line) -> bool:
    """Return whether the line has a form that only occurs in minutes."""
    folded = line.folded
    return bool(
        NUMBERED_ITEM.match(folded)
        or labels.attendance_label_of(line)
        or labels.recorder_label_of(line)
        or labels.DISCLOSURE.fullmatch(folded)
        or labels.NUMBER_BELOW.fullmatch(folded)
        or (labels.ISSUED.fullmatch(folded) and len(folded) >= 8)
        or MEETING_SAYS.match(folded)
    )


def _end(lines: list[Line]) -> int:
    """Return the index of the first line of the page footer, or the number of lines.

    Nothing of the minutes follows it; after words that minutes have too, not even a sentence.
    """
    end = len(lines)
    sentences_follow = False
    for index in range(len(lines) - 1, 0, -1):
        line = lines[index]
        if not WORD.search(line.folded):
            continue
        is_credit = index + 1 == end and lines[index - 1].ends_a_sentence and _signs_a_page(lines, index)
        if is_credit or WEB_FOOT.match(line.folded) or (WEB_FOOT_OR_MATTER.match(line.folded) and not sentences_follow):
            end = index
        elif _is_checked_page(lines, index):
            continue
        elif _is_of_the_minutes(line) or labels.IMPRINT.match(line.folded) or IS_ABOUT_A_MEETING.match(line.folded):
            break
        sentences_follow = sentences_follow or ENDS_A_SENTENCE.search(line.folded) is not None
    return end


def _is_checked_page(lines: list[Line], index: int) -> bool:
    """Return whether the line says who checked the page, right below who edited it."""
    above = lines[max(0, index - LINES_OF_A_CREDIT) : index]
    checked = CHECKED_BY.match(lines[index].folded) is not None
    return checked and any(EDITED_BY.match(line.raw.folded.lstrip()) for line in above)


def _signs_a_page(lines: list[Line], index: int) -> bool:
    """Return whether the line below the text says who wrote it, or repeats the title of the page."""
    folded = lines[index].folded
    if BRACKETED_SOURCE.fullmatch(folded) or TITLE_BELOW.fullmatch(folded):
        return True
    writers = WRITERS.fullmatch(folded)
    # Below a list of those who came, a name is one of them.
    listed = any(labels.attendance_label_of(line) or labels.recorder_label_of(line) for line in lines[:index])
    return writers is not None and not listed and _are_names(writers["within"] or writers["bare"])


def _are_names(text: str) -> bool:
    """Return whether the text is one or more likely names, with 、 between them or without."""
    return is_a_run_of_names(text) or all(map(is_a_likely_name, text.split("、")))


def _at_page_break(lines: list[Line], page_breaks: Iterable[int]) -> set[int]:
    """Return the indexes of first and last lines of pages.

    These are next to a form feed or a page number.
    """
    found = set()
    for index, line in enumerate(lines):
        if PAGE_NUMBER.fullmatch(line.folded):
            found |= {index - 1, index + 1}
    starts = [line.text.span.start for line in lines]
    for offset in page_breaks:
        behind = bisect_right(starts, offset)
        found |= {behind - 1, behind}
    return found


def _running_heads(lines: list[Line], start: int, at_page_break: set[int]) -> set[int]:
    """Return the indexes of running heads: repetitions of the head, or at page breaks.

    The line of the head itself is kept; of lines that only occur at page breaks, all are removed.
    """
    of_head = {line.folded for line in lines[:start] if len(line.folded) >= 4}
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if 4 <= len(line.folded) <= 40:
            places.setdefault(line.folded, []).append(index)
    heads: set[int] = set()
    for folded, indexes in places.items():
        later = [index for index in indexes if index >= start]
        is_title = folded in of_head and folded.endswith(("纪要", "文件"))
        if is_title or (folded in of_head and at_page_break.issuperset(later)):
            heads.update(later)
            heads.update(index for index in indexes[1:] if index < start)
        elif len(later) >= 2 and at_page_break.issuperset(later) and not ENDS_A_SENTENCE.search(folded):
            heads.update(later)
    return heads


def _bare_page_numbers(lines: list[Line]) -> set[int]:
    """Return the indexes of bare numbers that count pages."""
    places = [index for index, line in enumerate(lines) if BARE_NUMBER.fullmatch(line.folded)]
    numbers = [int(lines[index].folded) for index in places]
    counts = len(numbers) > 1 and numbers[0] <= 2 and all(after == before + 1 for before, after in pairwise(numbers))
    return set(places) if counts else set()
