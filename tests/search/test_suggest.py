"""What a search box may be offered while its reader types."""

import json

import pytest

from minutes.models import MeetingStatus

pytestmark = pytest.mark.django_db

HOUSING = ("审议《云川市老旧小区改造实施办法（草案）》", "原则同意该办法。由市住建局牵头修改完善。")


@pytest.fixture
def suggestions(client):
    """Return the suggestions for a text: (group, text) and their links."""

    def ask(text):
        response = client.get("/search/suggest/", {"q": text})
        assert response.status_code == 200
        return {
            (group["name"], each["text"]): each["url"]
            for group in json.loads(response.content)["groups"]
            for each in group["suggestions"]
        }

    return ask


def test_units_and_documents_lead_to_their_pages(take_in, index, suggestions, client):
    take_in(31, HOUSING)
    index()
    [unit] = [url for (group, text), url in suggestions("住建").items() if (group, text) == ("单位", "市住建局")]
    assert "市住建局" in client.get(unit).content.decode()
    [document] = [url for (group, text), url in suggestions("老旧小区").items() if group == "文件"]
    assert "老旧小区改造实施办法" in client.get(document).content.decode()


def test_people_meetings_and_words_are_suggested_too(take_in, index, suggestions):
    meeting = take_in(31, HOUSING)
    index()
    assert any(group == "人员" and text.startswith("季敏") for group, text in suggestions("季敏"))
    [url] = [url for (group, _), url in suggestions("第31次").items() if group == "会议"]
    assert url == meeting.get_absolute_url()
    assert ("常用词", "老旧小区") in suggestions("老旧")
    assert suggestions("营商") == {}  # nothing would be found


def test_drafts_and_withdrawn_meetings_suggest_nothing(take_in, index, suggestions):
    take_in(1, ("研究密闻轩事宜", "由市密闻局牵头落实《密闻办法》。"), publish=False)
    withdrawn = take_in(2, ("审议《撤稿办法》", "原则同意该办法。"))
    withdrawn.status = MeetingStatus.WITHDRAWN
    withdrawn.save()
    index("--rebuild")
    assert suggestions("密闻") == {}
    assert suggestions("撤稿") == {}


@pytest.mark.parametrize("text", ["", "   ", "改" * 201, "不存在的词句"])
def test_nothing_is_suggested_for_nothing(take_in, index, suggestions, text):
    take_in(31, HOUSING)
    index()
    assert suggestions(text) == {}


def test_markup_cannot_leave_the_answer(take_in, index, client):
    meeting = take_in(31, HOUSING)
    document = meeting.items.get().references.first().document
    document.title = '改造"><script>alert(1)</script>办法'
    document.save()
    index("--rebuild")
    sent = client.get("/search/suggest/", {"q": '改造"'}).content.decode()
    assert "<" not in sent
    assert '改造"><script>' in json.dumps(json.loads(sent), ensure_ascii=False).replace('\\"', '"')


def test_without_an_index_nothing_is_suggested(take_in, suggestions):
    take_in(31, HOUSING)
    assert suggestions("住建") == {}
