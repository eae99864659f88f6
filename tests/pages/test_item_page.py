import pytest

from minutes.ingest.ingest_file import IngestOptions, ingest_bytes
from minutes.models import Deadline, Decision, Paragraph
from tests.minutes_text import text_with_item
from tests.pages.factory import ItemFacts, keep_meeting
from tests.pages.reading import read


def item_page(client, meeting, position):
    return read(client.get(f"/meetings/{meeting.pk}/items/{position}/"))


def test_the_decision_stands_before_the_paragraphs(client, long_meeting):
    text = item_page(client, long_meeting, 2).text
    card = text[text.index("议定") : text.index("市区机动车保有量已达58万辆")]

    for words in ("原则同意", "市城管局", "市公安局", "市交通局", "提请市委常委会审议", "明年1月底前", "2020年1月31日"):
        assert words in card


def test_each_fact_stands_with_the_sentence_it_comes_from(client, long_meeting):
    text = item_page(client, long_meeting, 2).text
    card = text[text.index("议定") : text.index("《停车场办法》对路内泊位")]

    revise = "由市城管局会同市公安局、市交通局根据本次会议讨论意见作进一步修改完善后提请市委常委会审议。"
    assert card.index("原则同意《云川市公共停车场管理办法》（以下简称《停车场办法》）。") < card.index("牵头")
    assert card.index("下一步\n提请市委常委会审议") < card.index(revise) < card.index("期限\n明年1月底前")
    assert card.index("期限\n明年1月底前") < card.index("市级机关大院的停车场于明年1月底前向周边居民错时开放")
    decision, tasks = card.split("（一）")[0].split("\n任务", 1)
    assert decision.count(revise) == 1
    assert tasks.splitlines().count(revise) == 1


def test_a_sentence_leads_to_its_paragraph(client, long_meeting):
    page = item_page(client, long_meeting, 2)

    assert page.links_saying("市级机关大院的停车场于明年1月底前向周边居民错时开放，由市机关事务局带头落实。") == ["#p3"]


def test_a_deadline_named_twice_stands_with_the_sentence_it_was_read_from(client, db):
    twice = "市水务局6月底前完成清淤。这两年积水点少了一半，群众是看得见的，但还不能松劲。市城管局6月底前更换井盖。"
    item = ItemFacts(title="研究防汛工作", paragraphs=(f"原则同意。{twice}",), outcome="原则同意")
    meeting = keep_meeting(items=(item,))
    paragraph = Paragraph.objects.get()
    second = paragraph.start + len("（一）") + paragraph.text.rindex("6月底前")
    decision = Decision.objects.get()
    of = {"meeting": meeting, "item": decision.item, "decision": decision}
    Deadline.objects.create(**of, text="6月底前", start=second, end=second + len("6月底前"))

    page = item_page(client, meeting, 1)

    assert page.links_saying("市城管局6月底前更换井盖。") == ["#p1"]
    assert page.links_saying("市水务局6月底前完成清淤。") == []


def test_every_paragraph_has_an_address_of_its_own(client, long_meeting):
    page = item_page(client, long_meeting, 2)

    assert [anchor for anchor in page.ids if anchor.startswith("p")] == ["p1", "p2", "p3"]
    assert page.links_saying("（二）") == ["#p2"]


def test_documents_are_told_apart_from_those_only_mentioned(client, long_meeting):
    text = item_page(client, long_meeting, 2).text

    assert text.index("议题文件") < text.index("《云川市公共停车场管理办法》 草案")
    assert text.index("文中提到的文件") < text.rindex("《云川市城市道路管理条例》")


def test_who_reported_is_linked_to_the_unit(client, long_meeting):
    page = item_page(client, long_meeting, 1)
    reporting = long_meeting.items.get(position=1).involvements.get().organization

    assert "汇报单位" in page.text
    assert page.links_saying("市应急局") == [reporting.get_absolute_url()]


def test_an_item_without_a_decision_says_so(client, long_meeting):
    assert "纪要没有写明这一项的议定结果" in item_page(client, long_meeting, 4).text


def test_a_derived_title_is_marked(client, long_meeting):
    long_meeting.items.filter(position=4).update(title_derived=True)

    assert "标题取自正文" in item_page(client, long_meeting, 4).text
    assert "标题取自正文" not in item_page(client, long_meeting, 3).text


def test_previous_and_next_lead_through_the_meeting(client, long_meeting):
    page = item_page(client, long_meeting, 2)

    assert page.links_saying("上一项听取今冬明春火灾防控工作情况的汇报") == [f"/meetings/{long_meeting.pk}/items/1/"]
    assert page.links_saying("下一项审议《云川市城镇老旧小区改造三年行动方案》") == [
        f"/meetings/{long_meeting.pk}/items/3/"
    ]
    assert "上一项" not in item_page(client, long_meeting, 1).text
    assert "下一项" not in item_page(client, long_meeting, 10).text


def test_an_item_that_the_meeting_does_not_have_is_not_found(client, long_meeting):
    assert client.get(f"/meetings/{long_meeting.pk}/items/11/").status_code == 404


def test_the_queries_are_few(client, django_assert_max_num_queries, long_meeting):
    with django_assert_max_num_queries(16):
        item_page(client, long_meeting, 2)


@pytest.mark.parametrize("word", ["ppp项目", "ＰＰＰ项目", "PPP项目"])
def test_words_of_a_search_are_marked_whatever_their_width_and_case(client, db, word):
    item = ItemFacts(title="研究融资工作", paragraphs=("会议研究了<b>PPP项目。", "ＰＰＰ项目之外的不算。"))
    meeting = keep_meeting(items=(item,))

    html = client.get(f"/meetings/{meeting.pk}/items/1/", {"marked": [word, "不在文中"]}).content.decode()

    assert "&lt;b&gt;<mark>PPP项目</mark>。" in html
    assert "<mark>ＰＰＰ项目</mark>之外" in html
    assert html.count("<mark>") == 2
    assert "正文中标出了检索的词：PPP项目、ＰＰＰ项目。" in html


def test_of_words_within_words_the_longest_is_marked(client, long_meeting):
    html = client.get(f"/meetings/{long_meeting.pk}/items/2/?marked=停车&marked=公共停车场").content.decode()

    assert "云川市<mark>公共停车场</mark>管理办法" in html
    assert "<mark>停车</mark>场办法" in html


def test_a_page_with_marks_is_no_other_page_and_leads_to_the_plain_one(client, long_meeting):
    address = f"/meetings/{long_meeting.pk}/items/2/"
    marked = client.get(f"{address}?marked=停车场")

    assert f'<link rel="canonical" href="http://testserver{address}">' in marked.content.decode()
    assert read(marked).links_saying("不标出") == [address]
    assert "<mark>" not in client.get(address).content.decode()


def test_no_more_is_marked_than_a_search_may_ask(client, long_meeting):
    words = [f"无{number}" for number in range(10)]
    address = f"/meetings/{long_meeting.pk}/items/2/"

    assert "<mark>" in client.get(address, {"marked": [*words[1:], "停车场"]}).content.decode()
    assert "<mark>" not in client.get(address, {"marked": [*words, "停车场"]}).content.decode()
    assert "<mark>" not in client.get(address, {"marked": "停" * 51}).content.decode()


def test_each_of_several_decisions_stands_with_its_own_units_and_next_step(client, db):
    text = text_with_item(
        "（一）会议原则同意市住建局关于供热价格的意见，由市住建局会同市财政局修改完善后，报市委常委会审议。\n"
        "（二）会议同意市民政局提交的《云川市养老服务办法》，由市民政局于6月底前按程序印发。"
    )
    result = ingest_bytes("a.txt", text.encode(), IngestOptions(publish=True))
    page = read(client.get(f"/meetings/{result.meeting}/items/1/")).text
    first, second = page[page.index("第 1 条") :].split("第 2 条")

    for words in ("原则同意", "市住建局", "市财政局", "报市委常委会审议"):
        assert words in first
    assert "市民政局" not in first
    for words in ("同意", "市民政局", "按程序印发", "6月底前"):
        assert words in second.split("（一）")[0]
    meeting = read(client.get(f"/meetings/{result.meeting}/")).text
    table = meeting[meeting.index("由谁承办") : meeting.index("点状下划线")]
    assert table.index("报市委常委会审议") < table.index("市民政局") < table.index("按程序印发")
