"""What a personal name looks like: surnames by how common they are, and the titles that stand beside names."""

from __future__ import annotations

import re

# 沈一舟
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff〇]+")

COMMON_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石"
    "姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文肖闫"
)
SURNAMES = COMMON_SURNAMES | frozenset(
    "兰施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查"
    "屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏"
    "栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺水云昌凤酆皮"
    "元平禹狄贝茅樊支咎经裘缪干宣贲杭诸嵇滑荣羊於惠麹家芮羿储汲邴松富乌焦巴弓牧隗山宓蓬郗班仰秋伊暴厉戎祖束幸韶蒲鄂索咸籍卿蔚越夔隆师厍晁勾融訾阚那空曾毋乜养须丰"
    "敬亓占付代闻晓信海普佘庞洛占仵买杲员化呼淳晴展昝逯邝麦冶雍骆尚豆朴鹿撒才次冶尕仁扎索旦达卓格多青郄郏佴脱线粟苍双尉勇兴乃寻战种税拜摆闪矫由修郦闪初操蹇靖蹇覃漆邰於冒蒯满闻莘党谯鱼容古慎戈终暨居衡步耿弘国欧殳沃利红游竺权逄盍益桓言福肇寇巢湛"
    "鬲过琚泮恽应屈卞茆亢秘藏禚慕钮龔仝綦佀仉揣璩蔄岩线荀莎付咬召羌柬仡展茶刀罕尼吐买艾阿卡木"
)
COMPOUND_SURNAMES = frozenset(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 "
    "闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 "
    "公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 吴铭".split()
)

# Characters of office names that stand in no given name, and those that seldom do.
NEVER_GIVEN = frozenset("局委办厅院部处镇街队所厂署庭届副")
NO_NAMES = frozenset(("常务", "同志"))
SELDOM_GIVEN = frozenset("科区县乡站会社司校省州旗盟题席室职责任员级次项税银铁款资党团企和与及等各无不在由对将是了区市村厅府场馆库")

# 县委常委、常务副县长王岚 · 副区长沈一舟 · 党组成员李望 · 二级调研员周禾
TITLE_END = (
    r"(?:省长|市长|区长|县长|州长|旗长|盟长|镇长|乡长|局长|厅长|处长|科长|院长|校长|行长|部长|所长|站长|队长|支队长|大队长|会长|社长|台长|馆长|总经理|经理"
    r"|董事长|秘书长|检察长|主任|书记|主席|专员|组长|委员|常委|调研员|政委|司令员|参谋长|关长|巡视员|督查专员|督导员|总工程师|总规划师|总经济师|总会计师|总监|顾问|律师|教授|研究员"
    r"|党组成员|党委委员|负责人|负责同志|主要负责同志|分管负责同志|理事长|指导员|教导员|政治委员|政治协理员|调度长|厂长|村长|主持工作|助理|司令|会长|秘书)"
)
TITLE = re.compile(rf"(?:(?!{TITLE_END})[\u4e00-\u9fff、（）“”\d]){{0,24}}?{TITLE_END}")


def name_cost(name: str) -> float | None:
    """How unlikely the characters are to be one person's name (0 is best); None when they cannot be."""
    if "·" in name:
        return 0.5 if 4 <= len(name) <= 14 and not name.startswith("·") and not name.endswith("·") else None
    if name in NO_NAMES or not 2 <= len(name) <= 4 or not HAN.fullmatch(name) or any(char in NEVER_GIVEN for char in name):
        return None
    return _surname_cost(name) + 1.2 * sum(char in SELDOM_GIVEN for char in name[1:])


def _surname_cost(name: str) -> float:
    compound = name[:2] in COMPOUND_SURNAMES
    if len(name) == 4:
        return 0.3 if compound else 6.0
    if compound and len(name) == 3:
        return 0.2
    short = 0.0 if len(name) == 3 else 0.15
    if name[0] in COMMON_SURNAMES:
        return short
    return (0.8 if name[0] in SURNAMES else 3.5) + short
