"""Topics of items: decided by words, the longer word before the one within it, and none where no word decides."""

import pytest

from minutes.parser.pipeline import parse
from minutes.parser.topics.classes import CLASS_LINE, CLASSES_FILE, codes_by_word, topic_classes
from minutes.parser.topics.classify import classify


def codes(title, documents=(), opening=""):
    return [topic.code for topic in classify(title, documents, opening)]


# Judged by hand before the words were chosen: titles of other places than the samples.
JUDGED = [
    ("审议《岚汀市电梯安全条例（草案）》", "09"),
    ("听取全市小学生视力健康工作情况的汇报", "11"),
    ("研究城北水厂扩建事宜", "06"),
    ("审议《关于调整居民用水价格的方案》", "03"),
    ("关于县人民医院迁建有关问题", "13"),
    ("听取农民工工资支付情况的汇报", "15"),
    ("研究国道改线用地报批", "05"),
    ("审议《岚汀市养犬管理办法》", "16"),
    ("听取国有企业改革进展情况的汇报", "03"),
    ("关于台商投资区设立事宜", "20"),
    ("审议《岚汀市宗教活动场所管理办法》", "18"),
    ("研究征兵工作", "21"),
    ("听取第七次全国人口普查工作情况的汇报", "03"),
    ("审议《全民健身实施计划》", "13"),
    ("听取湖区渔业资源保护情况的汇报", "06"),
    ("关于城区供热管网改造资金", "10"),
    ("审议《岚汀市博物馆条例》", "12"),
    ("听取跨境电商综合试验区建设情况的汇报", "08"),
    ("研究农村敬老院改造提升", "17"),
    ("听取友好城市交流情况的汇报", "19"),
]


@pytest.mark.parametrize(("title", "main"), JUDGED)
def test_the_main_class_is_the_one_that_a_person_chose(title, main):
    assert [code[:2] for code in codes(title)[:1]] == [main]


def test_a_longer_word_counts_and_not_the_one_within_it():
    assert codes("审议《岚汀市食品安全管理办法》") == ["09.2"]


def test_the_words_that_decided_are_named_weightiest_first():
    [topic] = classify("审议《岚汀市老旧小区改造计划》", ["岚汀市老旧小区改造计划"], "会议听取了老旧小区情况。")
    assert topic.words == ("老旧小区改造", "老旧小区")


def test_a_title_of_two_matters_has_two_topics_and_never_more_than_three():
    assert set(codes("听取预算执行和医保基金监管情况的汇报")) >= {"04.1", "15.2"}
    assert len(codes("教育 卫生 交通安全 水利 农业 旅游 审计")) == 3


def test_no_word_and_one_short_word_in_passing_decide_nothing():
    assert codes("研究有关事宜") == []
    assert codes("研究有关事宜", opening="会议听取了市司法局的汇报。") == []


def test_every_line_of_the_register_is_read_and_every_word_points_to_one_class():
    lines = [line for line in CLASSES_FILE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    assert all(CLASS_LINE.fullmatch(line) for line in lines)
    assert len([code for code in topic_classes() if len(code) == 2]) == 22
    assert sum(len(each.words) for each in topic_classes().values()) == len(codes_by_word())


def test_items_of_minutes_carry_their_topics():
    text = """岚汀市人民政府常务会议纪要
〔2025〕3号
2025年3月4日，市长邵青禾主持召开市政府第9次常务会议。会议议定以下事项：
一、审议《岚汀市医疗保障条例（草案）》
会议原则同意该条例。
出席：邵青禾
"""
    [item] = parse(text).items
    assert [topic.code for topic in item.topics] == ["15.2"]
