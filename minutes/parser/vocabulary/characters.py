"""Equivalent characters, for parser, records, index and queries.

Texts are matched and compared in their matching form, which has as many characters as the text. Text is displayed as
written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Equivalent characters; the first of each row replaces the others.
SAME_MEANING = (
    "（(（﹙",
    "）)）﹚",
    "，,，﹐",
    "：:：﹕∶︰",
    "；;；﹔",
    "？?？",
    "！!！",
    # 〔2021〕3号 is typed with every kind of bracket.
    "〔[［【〔﹝〖",
    "〕]］】〕﹞〗",
    # The zero of 二〇二一年.
    "〇○◯〇⚪Ο",
    "～~～∼〜",
    "-－—–―─‐‑−﹣",
    ".．﹒",
    # The dot in 艾山·买买提.
    "·•・‧∙●･⋅",
    "《︽≪",
    "》︾≫",
)

# Radicals and strokes that PDF producers use instead of ideographs: ⻓ for 长
# (Unicode's Equivalent_Unified_Ideograph).
RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑"
    "⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭"
    "⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽"
    "⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍"
    "⿎⿏⿐⿑⿒⿓⿔⿕㇆㇏㇐㇑㇒㇓㇔㇕㇖㇗㇘㇙㇚㇛㇜㇝㇞㇟㇠㇡"
)
IDEOGRAPHS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長"
    "镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山"
    "巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而"
    "耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎"
    "鼓鼠鼻齊齒龍龜龠𠃌乀一丨丿丿丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎"
)
RADICAL_TO_IDEOGRAPH = dict(zip(map(ord, RADICALS), IDEOGRAPHS, strict=True))

# Compatibility ideographs (U+F9DC is 隆), decomposed by Unicode.
_COMPATIBILITY_BLOCKS = ((0xF900, 0xFB00), (0x2F800, 0x2FA20))

# Variation selectors of the preceding ideograph; it is the same character without them.
_VARIATION_SELECTORS = ((0xFE00, 0xFE10), (0xE0100, 0xE01F0), (0x180B, 0x180E))


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {ord(variant): row[0] for row in SAME_MEANING for variant in row}
    table |= RADICAL_TO_IDEOGRAPH
    for block in _COMPATIBILITY_BLOCKS:
        for code in range(*block):
            unified = unicodedata.normalize("NFKC", chr(code))
            if len(unified) == 1:
                table[code] = unified
    return table


# The replacement of every variant of a character; both are one character long.
MATCHING = _table()

# Syllables used in names of Uygurs, Kazakhs, Kirgiz, Tibetans and Mongols.
_SYLLABLES = (
    "阿艾爱安巴白拜包别波布不草策曾次才措达旦丹德丁都多额尔尕甘噶格根古贡哈海汗胡吉坚卡开康科克库拉兰朗勒里丽列洛马买麦曼"
    "玫梅美米木姆穆娜乃尼努欧帕品其齐恰仁如茹萨赛沙山石斯苏索塔特提铁图吐瓦旺维吾肖夏雅亚央耶依伊音尤玉约扎泽哲珠卓孜祖"
    "娅肉热奴逊迪黛再排泰"
)
# 艾山.买买提 · 古丽.阿不都 (a full stop in the place of the dot between the parts of a name)
NAME_DOT = re.compile(rf"(?<=[\u4e00-\u9fff][{_SYLLABLES}])\.(?=[{_SYLLABLES}][{_SYLLABLES}])")


def matching_form(text: str) -> str:
    """Return the text with equivalent characters replaced and simplified."""
    return _with_dots_in_names(text.translate(_read_as()))


@cache
def _read_as() -> dict[int, str]:
    """Return the replacement of each character, in simplified form."""
    simple = simplified()
    return {ord(char): form for char, form in simple.items()} | {
        code: simple.get(form, form) for code, form in MATCHING.items()
    }


@cache
def simplified() -> dict[str, str]:
    """Return the simplified form of each traditional character."""
    import opencc  # slow to import

    written = [chr(code) for block in _CHINESE_BLOCKS for code in range(*block)]
    forms = opencc.OpenCC("t2s").convert("\n".join(written)).split("\n")
    return {char: form for char, form in zip(written, forms, strict=True) if char != form}


_CHINESE_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))


def _with_dots_in_names(folded: str) -> str:
    return NAME_DOT.sub("·", folded) if "." in folded else folded


def canonical(name: str) -> str:
    """Return the canonical form of a name or title; 於 and 于 remain distinct surnames."""
    # 2021-2025年, 2021–2025年 and 2021—2025年; a hyphen remains between letters: APEC-2021.
    return HYPHEN.sub("—", _with_dots_in_names(without_variation_selectors(name).translate(MATCHING)))


# 路网规划（2021-2025年） (a dash, as it joins no Latin letters)
HYPHEN = re.compile(r"(?<![A-Za-z])-|-(?![A-Za-z0-9])")


_SELECTORS_REMOVED = {code: None for block in _VARIATION_SELECTORS for code in range(*block)}


def is_variation_selector(character: str) -> bool:
    """Return whether the character is a variation selector."""
    return any(start <= ord(character) < end for start, end in _VARIATION_SELECTORS)


def without_variation_selectors(text: str) -> str:
    """Return the text without variation selectors."""
    return text.translate(_SELECTORS_REMOVED)


def is_unknown(character: str) -> bool:
    """Return whether the character is private-use or newer than this Unicode version."""
    return unicodedata.category(character) in ("Co", "Cn")
