"""Test citations, and what they show after the text has changed."""

import pytest

from minutes.models import CitedText, Meeting, MeetingStatus, Paragraph
from tests.pages.reading import read


def words_and_link(client, address):
    """Return the citation and the permanent link on a page."""
    html = client.get(address).content.decode()
    words = html.split('<p class="citation-words" id="citation-text">')[1].split("</p>")[0]
    link = html.split('readonly value="')[1].split('"')[0]
    return words, link.removeprefix("http://testserver")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("", "云川市人民政府常务会议纪要〔2019〕70号，第70次会议"),
        ("/2", "云川市人民政府常务会议纪要〔2019〕70号，第70次会议，第二项"),
        ("/10", "云川市人民政府常务会议纪要〔2019〕70号，第70次会议，第十项"),
        ("/2/3", "云川市人民政府常务会议纪要〔2019〕70号，第70次会议，第二项（三）"),
    ],
)
def test_a_passage_is_cited_in_words_and_by_a_link_that_holds(client, long_meeting, place, words):
    said, link = words_and_link(client, f"/cite/{long_meeting.pk}{place}/")

    assert said.startswith(f"{words}，")
    assert f"，2019-11-21，http://testserver{link}（文字指纹 {link.split('/')[-2]}）。" in said
    assert "文字与引用时一致" in read(client.get(link)).text


def test_without_a_document_number_the_day_stands_in_its_place(client, long_meeting):
    Meeting.objects.update(doc_number="")
    Paragraph.objects.filter(item__position=2, position=3).update(marker="")

    said, _ = words_and_link(client, f"/cite/{long_meeting.pk}/2/3/")

    assert said.startswith("云川市人民政府常务会议纪要（2019年11月21日），第70次会议，第二项第三段，")


def test_meeting_item_and_paragraph_lead_to_their_citation(client, long_meeting):
    meeting = read(client.get(long_meeting.get_absolute_url()))
    item = read(client.get(f"/meetings/{long_meeting.pk}/items/2/"))

    assert meeting.links_saying("引用") == [f"/cite/{long_meeting.pk}/"]
    assert item.links_saying("引用这一项") == [f"/cite/{long_meeting.pk}/2/"]
    assert item.links_saying("引用：（三）") == [f"/cite/{long_meeting.pk}/2/3/"]


def test_after_a_change_both_wordings_are_shown(client, long_meeting):
    _, link = words_and_link(client, f"/cite/{long_meeting.pk}/2/3/")
    Paragraph.objects.filter(item__position=2, position=3).update(text="市级机关大院的停车场全天开放。")

    text = read(client.get(link)).text

    assert "引用之后，这段文字更正过" in text
    now, then = text.split("现在的文字", 2)[-1].split("当时的文字 不晚于")
    assert "市级机关大院的停车场全天开放。" in now
    assert "向周边居民错时开放" in then
    assert "文字与引用时一致" not in text


def test_another_line_break_or_width_is_no_other_text(client, long_meeting):
    _, link = words_and_link(client, f"/cite/{long_meeting.pk}/2/2/")
    paragraph = Paragraph.objects.get(item__position=2, position=2)
    Paragraph.objects.filter(pk=paragraph.pk).update(text=paragraph.text.replace("58万", " ５８ 万"))

    assert "文字与引用时一致" in read(client.get(link)).text


def test_a_passage_that_is_gone_is_still_shown_as_it_was(client, long_meeting):
    _, link = words_and_link(client, f"/cite/{long_meeting.pk}/2/3/")
    Paragraph.objects.filter(item__position=2, position=3).delete()

    text = read(client.get(link)).text

    assert "现在的纪要里已经没有了" in text
    assert "向周边居民错时开放" in text


def test_of_what_was_withdrawn_no_citation_shows_anything(client, long_meeting):
    _, link = words_and_link(client, f"/cite/{long_meeting.pk}/2/3/")
    Meeting.objects.update(status=MeetingStatus.WITHDRAWN)

    for address in (link, f"/cite/{long_meeting.pk}/2/3/"):
        response = client.get(address)
        assert response.status_code == 404
        assert "错时开放" not in response.content.decode()


@pytest.mark.parametrize(
    "place", ["999", "{pk}/99", "{pk}/2/99", "{pk}/2/2/9", "{pk}/2/2/1/1", "{pk}/2/3/000000000000", "{pk}/0", "x"]
)
def test_what_was_never_there_is_not_found(client, long_meeting, place):
    assert client.get(f"/cite/{place.format(pk=long_meeting.pk)}/").status_code == 404


def test_the_same_wording_is_kept_once_and_nothing_of_who_asked(client, long_meeting):
    for _ in range(3):
        client.get(f"/cite/{long_meeting.pk}/2/3/")

    kept = CitedText.objects.get()
    assert {field.name for field in CitedText._meta.get_fields()} == {
        "id",
        "place",
        "fingerprint",
        "text",
        "first_shown_at",
    }
    assert kept.place == f"{long_meeting.pk}/2/3"


def sentence_links(client, place):
    """Return the sentences on a citation page with their links."""
    page = read(client.get(f"/cite/{place}/"))
    within = f"/cite/{place.split('/')[0]}/"
    return [(words, address) for words, address in page.links if address.startswith(within) and address.endswith("/")]


def test_a_single_sentence_is_chosen_and_cited(client, long_meeting):
    offered = sentence_links(client, f"{long_meeting.pk}/2/2")
    (words, address) = offered[1]
    said, link = words_and_link(client, address)

    assert [words[:9] for words, _ in offered] == ["市区机动车保有量已", "《停车场办法》对路"]
    assert "第70次会议，第二项（二）第二句，" in said
    assert words.endswith("需要与《云川市城市道路管理条例》衔接。")
    assert "文字与引用时一致" in read(client.get(link)).text
    assert CitedText.objects.get(place=f"{long_meeting.pk}/2/2/2").text == words


def test_an_item_offers_the_sentences_of_all_its_paragraphs(client, long_meeting):
    places = [address for _, address in sentence_links(client, f"{long_meeting.pk}/2")]

    assert places == [f"/cite/{long_meeting.pk}/2/{paragraph}/{n}/" for paragraph in (1, 2) for n in (1, 2)]


def test_a_sentence_is_known_again_where_others_came_before_it(client, long_meeting):
    _, link = words_and_link(client, f"/cite/{long_meeting.pk}/2/2/2/")
    paragraph = Paragraph.objects.get(item__position=2, position=2)
    Paragraph.objects.filter(pk=paragraph.pk).update(text=f"会议听取了说明。{paragraph.text}")

    text = read(client.get(link)).text

    assert "文字与引用时一致" in text
    assert "第二项（二）第三句" in text


def test_after_a_sentence_changed_both_wordings_are_shown(client, long_meeting):
    _, link = words_and_link(client, f"/cite/{long_meeting.pk}/2/2/1/")
    paragraph = Paragraph.objects.get(item__position=2, position=2)
    Paragraph.objects.filter(pk=paragraph.pk).update(text=paragraph.text.replace("58万", "85万"))

    now, then = read(client.get(link)).text.split("现在的文字", 2)[-1].split("当时的文字 不晚于")

    assert ("85万辆" in now, "58万辆" in now) == (True, False)
    assert ("85万辆" in then, "58万辆" in then) == (False, True)
    assert "收费减免" not in now + then


def test_a_sentence_that_is_gone_is_still_shown_as_it_was(client, long_meeting):
    _, link = words_and_link(client, f"/cite/{long_meeting.pk}/2/2/2/")
    Paragraph.objects.filter(item__position=2, position=2).update(text="原有内容已删去。")

    text = read(client.get(link)).text

    assert "现在的纪要里已经没有了" in text
    assert "收费减免" in text
