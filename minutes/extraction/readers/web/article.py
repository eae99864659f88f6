"""Find the minutes in a web page: container, title, and surrounding lines."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from lxml import etree

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.readers.marks import strip_marks
from minutes.extraction.readers.web.facts import fields_in, is_about_page
from minutes.extraction.readers.web.lines import BLOCKS, NOT_TEXT, Line, is_hidden, lines_of, tag_of

# Ids and classes, in lower case, that the systems of government sites use for the text of an article.
CONTAINERS = frozenset(
    [
        "trs_editor",
        "trs_ueditor",
        "trs_editor_view",
        "trs_autoadd",
        "ucap-content",
        "ucap_content",
        "zoom",
        "fontzoom",
        "font_zoom",
        "zoomcon",
        "article-content",
        "article_content",
        "articlecontent",
        "article-con",
        "article_con",
        "arti_content",
        "wp_articlecontent",
        "pages_content",
        "pages-content",
        "content_main",
        "custom_unionstyle",
        "view",
        "v_news_content",
        "vsb_content",
        "news_content",
        "newscontent",
        "newsdetail",
        "detail-content",
        "detail_content",
        "xxgk_content",
        "xxgk-content",
        "zwgk_content",
        "zfxxgk_content",
        "gk_content",
        "wzcon",
        "wz_con",
        "con_text",
        "txt_con",
        "text_con",
        "textcontent",
        "conter_text",
        "xl_content",
        "xilan_content",
        "infodetail",
        "ewb-article-info",
        "ewb-info-content",
        "j-fontcontent",
        "rich_media_content",
        "js_content",
        "bt_content",
        "zw_content",
        "zwcontent",
        "govcontent",
        "mainbody",
        "main-content",
        "entry-content",
        "artibody",
        "article_body",
        "article-body",
        "my_doccontent",
    ]
)
HEADINGS = ("h1", "h2", "h3")
NO_ARTICLE = (
    "网页里没有找到正文；它可能在框架、附件或图片里。请用浏览器单独打开正文，确认显示的是会议纪要，再另存为网页，"
    "或直接提交附件、图片。"
)
# title · art_title · xxgk-bt
TITLE_NAME = re.compile(r"(?:^|[-_])(?:title|tit|tt|bt|biaoti|headline)(?:$|[-_\d])|title$", re.I)
# nav · site-footer · breadcrumb · shareBox
CHROME_NAME = re.compile(
    r"(?:^|[-_])(?:nav|navbar|menu|footer|foot|bottom|breadcrumbs?|crumbs?|position|location|curpos|dqwz|share|sharebox"
    r"|bdsharebuttonbox|sidebar|side|aside|related|relate|recommend|links?|friendlink|search|login|toolbar|copyright"
    r"|right|hots?|qrcode|ewm|erweima|print|pagination|prevnext|prev|next|hotnews|banner)(?:$|[-_\d])",
    re.I,
)
# Metadata may be a table or a list; tables of minutes have columns 名称 and 分类, but none of these.
FIELDS_OF_PAGES_ALONE = frozenset(("index_number", "issuer", "published_on"))
LISTS = frozenset(("table", "ul", "dl"))
FEWEST_LABELS = 2
CHROME_TAGS = frozenset(("nav", "footer", "aside"))
CHROME_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary"))
# Some pages name the element around everything "main_bottom"; there the name says nothing.
MAX_SHARE_OF_CHROME = 0.3
SENTENCE_MARK = re.compile("[，。；、]")
# 出席：王岚 · 列 席： · 记录人： · 分送：
ROLL_LABEL = re.compile(
    r"\s*(?:出\s*席|列\s*席|请\s*假|缺\s*席|参\s*加|主\s*持|记\s*录|分\s*送|抄\s*送)(?:人员?|会议)?\s*[：:（(]"
)
HAN = re.compile(r"[\u3400-\u9fff]")
# 版权所有 · 主办：云川市人民政府办公室 · 备案号 · 网站标识码 · 联系电话：
FOOTER = re.compile(
    r"版权所有|Copyright|主办(?:单位)?[：:]|承办(?:单位)?[：:]|维护(?:单位)?[：:]|ICP备|备案号|公安?网安备|公网安备|网站标识码"
    r"|网站地图|技术支持|联系我们|建议使用.{0,20}浏览器|最佳浏览效果|分辨率|邮政?编码?[：:]\d{6}|政务新媒体",
    re.I,
)
# 用手机扫描二维码，分享至好友和朋友圈。 · 请文明上网，理性发言。 · 免责声明：本网站部分内容转载自其他媒体。
SENTENCE_OF_PAGE = re.compile(
    r"(?:.{0,12}(?:扫描|识别|长按).{0,10}二维码|扫一扫|请?文明上网|网友评论|发表评论|温馨提示|免责声明|您访问的链接即将离开).{0,100}"
)
# 当前位置：首页 > 政务公开 · 您的位置
POSITION = re.compile(r"(?:您?(?:当前|现在|所在)?(?:的)?位置|当前栏目)\s*[：:]|首页\s*[>＞»/]")
# 【打印】【关闭】 · 分享到： · 字体：大 中 小 · 扫一扫在手机打开当前页 · 上一篇：
BUTTONS = re.compile(
    r"(?:[\s【\[（(|｜】\])）：:]*(?:打\s*印(?:本页|此页|文章)?|关\s*闭(?:本页|窗口|此页)?|收\s*藏|分\s*享(?:到)?|纠\s*错|返回顶部|返回"
    r"|复制链接|字[号体]|[大中小特]|默认|微信|微博|QQ空间|QQ好友|下载|我要纠错|无障碍(?:阅读|浏览)?|长者模式|语音播报|朗读|繁体(?:版)?|简体(?:版)?"
    r"|首页|登录|注册|设为首页|加入收藏|展开(?:全文)?|收起(?:全文)?|阅读模式))+[\s【\[（(|｜】\])）：:]*"
    r"|扫一扫.{0,20}|[\s【\[]*(?:上|下)一[篇条页][】\]]?\s*(?:[：:].*|$)|(?:相关(?:链接|新闻|文章|信息|阅读|稿件|政策|解读)|延伸阅读|热点推荐|推荐阅读)[：:]?|(?:相关)?(?:政策解读|图解|解读)[：:].{0,60}"
)
# 云府纪要〔2024〕7号 · 第7期 · （2024年第7期）
NUMBER_OF_ISSUE = re.compile(
    r"[（(]?[\u4e00-\u9fff]{0,12}[〔［\[（(]?(?:19|20)\d\d[〕］\]）)]?(?:年)?第?\d{1,4}[号期][）)]?|[（(]?(?:总)?第\d{1,4}期[）)]?"
)
LINES_OF_HEAD = 15
LINES_WITH_TITLE = 6
# Elements among which the smallest is searched for; minutes are more than one paragraph.
BOXES = frozenset(("html", "body", "div", "form", "section", "article", "main", "center", "table", "tbody", "tr", "td"))
MIN_SHARE_OF_CONTAINER = 0.9
MIN_SHARE_VISIBLE = 0.2
MAX_TITLE = 100
ATTACHMENT = re.compile(r"\s*附件|.*\.(?:docx?|pdf|xlsx?|wps|ofd|zip|rar)\b", re.I)


class Article(NamedTuple):
    """The lines of the minutes and of the whole page, and the sentences left out."""

    lines: list[str]
    page_lines: list[str]
    left_out: list[str]
    attachments: list[str]


def article_of(page: etree._Element) -> Article:
    """Return the lines of the minutes.

    Hidden text is included only if nearly all sentences of the page are hidden.
    """
    visible, every = prose_weights(page, with_hidden=False), prose_weights(page, with_hidden=True)
    with_hidden = visible[page] < MIN_SHARE_VISIBLE * every[page]
    shown = every if with_hidden else visible
    chrome = chrome_of(page, shown) | copies_of(page, shown, with_hidden)
    weights = prose_weights(page, with_hidden, chrome)
    smallest = smallest_with_all(page, weights)
    container = container_of(page, weights)
    root = smallest if container is None else container
    outside = sentences_outside(page, root, with_hidden)
    if any(ROLL_LABEL.match(line) for line in outside):
        root = smallest
        outside = sentences_outside(page, root, with_hidden)
    lines, attachments = trimmed(lines_of(root, chrome, with_hidden))
    if not weights[page] or not lines:
        raise UnreadableText(NO_ARTICLE)
    texts = [line.text for line in lines]
    kept = frozenset(texts)
    # Copies of the minutes are not reported as left out.
    outside = [line for line in outside if line not in kept]
    outside += [line.text for line in lines_of(root, (), with_hidden) if is_sentence_of_chrome(line, kept)]
    page_lines = [line.text for line in lines_of(page, (), with_hidden)]
    return Article([*lines_above(page, root, texts, page_lines), *texts], page_lines, outside, attachments)


def prose_weights(
    page: etree._Element, with_hidden: bool, left_out: Collection[etree._Element] = ()
) -> dict[etree._Element, int]:
    """Return the number of Chinese characters in sentences outside links, by block."""
    weights: dict[etree._Element, int] = {}
    skipped: set[etree._Element] = set()
    # By block: the weight of nested blocks, and its own text.
    sums, texts, links = [0], [[""]], 0
    walk = etree.iterwalk(page, events=("start", "end"))
    for event, element in walk:
        is_link, is_block = tag_of(element) == "a", tag_of(element) in BLOCKS or tag_of(element) in ("td", "th")
        if event == "start":
            style = element.get("style") or ""
            if tag_of(element) in NOT_TEXT or element in left_out or (not with_hidden and is_hidden(element, style)):
                skipped.add(element)
                walk.skip_subtree()
                continue
            links += is_link
            if is_block:
                sums.append(0)
                texts.append([])
            texts[-1].append("" if links else element.text or "")
        else:
            if element not in skipped:
                links -= is_link
                if is_block:
                    weights[element] = sums.pop() + weight_of("".join(texts.pop()))
                    sums[-1] += weights[element]
            texts[-1].append("" if links else element.tail or "")
    weights.setdefault(page, sums[0] + weight_of("".join(texts[0])))
    return weights


def weight_of(text: str | None) -> int:
    """Return the Chinese characters of a text in sentences or lists of names."""
    if not text or FOOTER.search(text) or SENTENCE_OF_PAGE.fullmatch(text.strip()):
        return 0
    is_prose = len(SENTENCE_MARK.findall(text)) > 1 or "。" in text or ROLL_LABEL.match(text)
    return len(HAN.findall(text)) if is_prose else 0


def chrome_of(page: etree._Element, weights: dict[etree._Element, int]) -> set[etree._Element]:
    """Return navigation, footer and sidebars, by element and name."""
    return {
        element
        for element in page.iter(etree.Element)
        if weights.get(element, 0) <= MAX_SHARE_OF_CHROME * weights[page]
        and (
            is_table_of_facts(element)
            or tag_of(element) in CHROME_TAGS
            or (element.get("role") or "").lower() in CHROME_ROLES
            or any(CHROME_NAME.search(name) and name.lower() not in CONTAINERS for name in names_of(element))
        )
    }


def is_table_of_facts(element: etree._Element) -> bool:
    """Return whether this is the page's metadata table.

    Some of its values are sentences (内容概述).
    """
    if tag_of(element) not in LISTS or element.find(".//table") is not None:
        return False
    texts = [line.text for line in lines_of(element)]
    if not texts or not is_about_page(texts[0]):
        return False
    fields = [field for text in texts for field in fields_in(text)]
    return len(fields) >= FEWEST_LABELS and not FIELDS_OF_PAGES_ALONE.isdisjoint(fields)


def copies_of(page: etree._Element, weights: dict[etree._Element, int], with_hidden: bool) -> set[etree._Element]:
    """Return elements that repeat all sentences, as for phones or for printing."""
    element = page
    while True:
        heavy = [each for each in element if weights.get(each, 0) > MAX_SHARE_OF_CHROME * weights[page]]
        if len(heavy) != 1:
            sentences = [prose_lines_in(each, with_hidden) for each in heavy]
            return {each for place, each in enumerate(heavy) if sentences[place] in sentences[:place]}
        element = heavy[0]


def prose_lines_in(element: etree._Element, with_hidden: bool) -> list[str]:
    """Return the lines of an element that are sentences or lists of names."""
    return [line.text for line in lines_of(element, (), with_hidden) if weight_of(line.text)]


def names_of(element: etree._Element) -> list[str]:
    return [*(element.get("class") or "").split(), *(element.get("id") or "").split()]


def container_of(page: etree._Element, weights: dict[etree._Element, int]) -> etree._Element | None:
    """Return the outermost known container with nearly all sentences, if any."""
    known = [
        element for element in page.iter(etree.Element) if any(name.lower() in CONTAINERS for name in names_of(element))
    ]
    best = max(known, key=lambda element: weights.get(element, 0), default=None)
    return best if best is not None and weights.get(best, 0) >= MIN_SHARE_OF_CONTAINER * weights[page] else None


def smallest_with_all(page: etree._Element, weights: dict[etree._Element, int]) -> etree._Element:
    """Return the smallest block that contains every sentence."""
    element = page
    while True:
        inner = next((each for each in element if weights.get(each, 0) == weights[page]), None)
        if inner is None or tag_of(inner) not in BOXES:
            return element
        element = inner


def sentences_outside(page: etree._Element, root: etree._Element, with_hidden: bool) -> list[str]:
    """Return the sentences of the page outside the minutes."""
    lines = lines_of(page, {root}, with_hidden) if root is not page else []
    return [line.text for line in lines if weight_of(line.text) and not is_of_page(line)]


def is_sentence_of_chrome(line: Line, kept: frozenset[str]) -> bool:
    """Return whether a line was cut as page chrome although it has content."""
    is_cut = line.text not in kept and not fields_in(line.text)
    return is_cut and bool(weight_of(line.text)) and not is_of_page(line)


def trimmed(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """Cut the lines of the page around the minutes; return attachments separately."""
    first_sentence = next((place for place, line in enumerate(lines) if "。" in line.text), 0)
    head = min(first_sentence, LINES_OF_HEAD)
    kept = [line for place, line in enumerate(lines) if place >= head or not is_of_page(line)]
    attachments: list[str] = []
    while kept and (is_of_page(kept[-1]) or ATTACHMENT.match(kept[-1].text)):
        line = kept.pop()
        if ATTACHMENT.match(line.text) and line.text.strip() not in ("附件", "附件："):
            attachments.insert(0, strip_marks(line.text).strip())
    return kept, attachments


def is_of_page(line: Line) -> bool:
    """Return whether a line is part of the page: link, button, metadata or footer."""
    text = strip_marks(line.text)
    if line.is_link or SENTENCE_OF_PAGE.fullmatch(text.strip()):
        return True
    return (
        bool(POSITION.match(text) or BUTTONS.fullmatch(text) or FOOTER.search(text) or is_about_page(text))
        and "。" not in text
    )


def lines_above(page: etree._Element, root: etree._Element, lines: list[str], page_lines: list[str]) -> list[str]:
    """Return title and number of the minutes if they are above their container."""
    if any(is_title(line) for line in lines[:LINES_WITH_TITLE]):
        return []
    begins = page_lines.index(lines[0]) if lines[0] in page_lines else 0
    numbers = [line for line in page_lines[max(0, begins - LINES_OF_HEAD) : begins] if NUMBER_OF_ISSUE.fullmatch(line)]
    return [*title_of(page, root), *numbers]


def is_title(line: str) -> bool:
    return len(line) <= MAX_TITLE and "纪要" in line and "。" not in line


def title_of(page: etree._Element, root: etree._Element) -> list[str]:
    """Return the title: a heading, an element named title, or the page's <title>."""
    headings = [
        element
        for element in page.iter(etree.Element)
        if tag_of(element) in HEADINGS or any(TITLE_NAME.search(name) for name in names_of(element))
    ]
    found = [[line.text for line in lines_of(element)] for element in headings if element is not root]
    found += [[element.get("content") or ""] for element in page.iter("meta") if is_meta_title(element)]
    # 第12次常务会议纪要_云川市人民政府
    found += [[part] for element in page.iter("title") for part in re.split(r"[_|｜]|\s[-–—]\s", element.text or "")]
    titles = [title for title in found if title and len("".join(title)) <= MAX_TITLE and HAN.search("".join(title))]
    chosen = next((title for title in titles if any("纪要" in line for line in title)), None)
    chosen = chosen or next((title for title in titles if any("会议" in line for line in title)), None)
    return [line.strip() for line in chosen or () if not is_about_page(line)]


def is_meta_title(element: etree._Element) -> bool:
    return (element.get("name") or element.get("property") or "").lower() in ("articletitle", "og:title")
