"""Human corrections: they reach the rows, leave the reading alone, and can be taken back."""

import datetime

import pytest

from minutes.corrections.changes import (
    ChangedMeanwhile,
    CorrectionRefused,
    current_reading,
    rebuild_rows,
    remove_correction,
)
from minutes.corrections.parsed_json import as_stored, from_stored
from minutes.corrections.paths import unkeyed_list
from minutes.ingest.ingest_file import IngestOptions, ingest_bytes
from minutes.models import Correction, Meeting, MeetingStatus
from minutes.parser.pipeline import parse
from minutes.signals import meeting_changed
from minutes.workflow import publish
from tests.corrections.editing import SAMPLES, correct, rows_of, seen_at

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_stored_reading_comes_back_as_the_same_records(path):
    parsed = parse(path.read_text(encoding="utf-8"))
    assert from_stored(as_stored(parsed)) == parsed


def test_made_again_without_corrections_every_row_is_what_it_was(meeting):
    before = rows_of(meeting)
    rebuild_rows(meeting)
    assert rows_of(meeting) == before
    assert before["items"]
    assert before["attendance"]


def test_a_corrected_date_reaches_the_record_and_not_the_reading(meeting, editor):
    node = {"value": "2018-03-23", "span": [29, 39]}
    correct(meeting, "date", node, seen_at(meeting, "date"), editor)
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert meeting.date == datetime.date(2018, 3, 23)
    assert meeting.reading.parsed["date"]["value"] == "2018-03-22"
    correction = meeting.corrections.get()
    assert (correction.made_by, correction.parsed["value"]) == (editor, "2018-03-22")


def test_taking_a_correction_back_restores_what_was_read(meeting, editor):
    before = rows_of(meeting)
    lead = [{"value": "市财政局", "span": [0, 4]}]
    correct(meeting, "items/0/decisions/0/lead", lead, seen_at(meeting, "items/0/decisions/0/lead"), editor)
    item = meeting.items.get(position=1)
    assert [each.organization.name for each in item.involvements.filter(role="lead")] == ["市财政局"]
    remove_correction(meeting.pk, "items/0/decisions/0/lead")
    assert rows_of(meeting)["items"] == before["items"]
    leading = meeting.items.get(position=1).involvements.filter(role="lead")
    assert "市财政局" not in [each.organization.name for each in leading]
    assert not Correction.objects.exists()
    assert Correction.history.count() == 2, "made and taken back, both with who and when"


def test_writing_what_was_read_again_is_no_correction(meeting, editor):
    parsed = seen_at(meeting, "number")
    correct(meeting, "number", {**parsed, "value": 25}, parsed, editor)
    correct(meeting, "number", parsed, {**parsed, "value": 25}, editor)
    assert not Correction.objects.exists()
    assert Meeting.objects.get(pk=meeting.pk).number == 24


def test_an_entry_taken_away_or_added_leaves_the_others_their_keys(meeting, editor):
    before = {entry.pk: str(entry) for entry in meeting.attendance.all()}
    entry = seen_at(meeting, "attendance/1")
    correct(meeting, "attendance/1", None, entry, editor)
    added = {**entry, "name": "贺知舟", "span": [entry["span"][0], entry["span"][1]]}
    correct(meeting, "attendance/+1", added, None, editor)
    after = {each.pk: str(each) for each in meeting.attendance.all()}
    assert "贺知舟" in " ".join(after.values())
    kept = {pk: shown for pk, shown in before.items() if after.get(pk) == shown}
    assert len(kept) == len(before) - 1
    assert [each.position for each in meeting.attendance.all()] == list(range(1, len(before) + 1))


def test_an_item_taken_away_takes_its_corrections_along_and_comes_back_with_them(meeting, editor):
    title = seen_at(meeting, "items/1/title")
    correct(meeting, "items/1/title", {**title, "value": "改过的标题"}, title, editor)
    whole = seen_at(meeting, "items/1")
    correct(meeting, "items/1", None, whole, editor)
    assert not meeting.items.filter(position=2).exists()
    remove_correction(meeting.pk, "items/1")
    assert meeting.items.get(position=2).title == "改过的标题"


def test_an_item_can_be_added_and_corrected_further(meeting, editor):
    model = meeting.reading.parsed["items"][0]
    added = {
        "position": 90,
        "title": {"value": "漏读的一项", "span": [300, 310]},
        "title_derived": False,
        "span": [300, 340],
        "actions": [],
        "documents": [],
        "mentions": [],
        "paragraphs": [{"marker": None, "text": "正文", "span": [310, 340]}],
        "decisions": [],
        "reported_by": [],
        "tasks": [],
        "topics": [],
    }
    assert set(added) == set(model)
    correct(meeting, "items/+1", added, None, editor)
    outcome = {"value": "原则同意", "span": [312, 316]}
    correct(meeting, "items/+1/decisions/0/outcome", outcome, None, editor)
    item = meeting.items.get(position=90)
    assert (item.title, item.paragraphs.get().text, item.decisions.get().outcome_text) == (
        "漏读的一项",
        "正文",
        "原则同意",
    )


def test_two_items_of_one_position_are_refused_and_nothing_is_stored(meeting, editor):
    with pytest.raises(CorrectionRefused, match="序号2"):
        correct(meeting, "items/0/position", 2, 1, editor)
    assert not Correction.objects.exists()
    assert meeting.items.get(position=1)


@pytest.mark.parametrize(("place", "node"), [("date", {"value": "昨天", "span": [0, 2]}), ("items/0/title", None)])
def test_what_cannot_stand_at_a_place_is_refused(meeting, editor, place, node):
    with pytest.raises(CorrectionRefused):
        correct(meeting, place, node, seen_at(meeting, place), editor)
    assert not Correction.objects.exists()


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(meeting, editor):
    seen = seen_at(meeting, "number")
    correct(meeting, "number", {**seen, "value": 25}, seen, editor)
    with pytest.raises(ChangedMeanwhile, match="卓韬") as refused:
        correct(meeting, "number", {**seen, "value": 26}, seen, editor)
    assert refused.value.now["value"] == 25
    assert Meeting.objects.get(pk=meeting.pk).number == 25


def test_a_meeting_cannot_be_corrected_into_another_one(meeting, editor):
    other = (SAMPLES / "yunchuan-2018-24.txt").read_text(encoding="utf-8").replace("第24次", "第26次")
    other = other.replace("〔2018〕9号", "〔2018〕10号")
    second = Meeting.objects.get(pk=ingest_bytes("other.txt", other.encode(), IngestOptions()).meeting)
    seen = seen_at(second, "doc_number")
    with pytest.raises(CorrectionRefused, match="相同"):
        correct(second, "doc_number", {**seen, "value": "〔2018〕9号"}, seen, editor)
    assert Meeting.objects.get(pk=second.pk).doc_number == "〔2018〕10号"


def test_what_is_settled_stays_settled_when_something_else_is_corrected(meeting, editor):
    text = (SAMPLES / "yunchuan-2018-24.txt").read_text(encoding="utf-8").replace("困难群众", "困难\ufffd众")
    text = text.replace("第24次", "第26次").replace("9号", "11号")
    doubtful = Meeting.objects.get(pk=ingest_bytes("doubtful.txt", text.encode(), IngestOptions()).meeting)
    problem = doubtful.problems.get(code="damaged-characters")
    doubtful.problems.filter(pk=problem.pk).update(settled_at=datetime.datetime.now(datetime.UTC), settled_by=editor)
    seen = seen_at(doubtful, "items/0/title")
    correct(doubtful, "items/0/title", {**seen, "value": "另一个标题"}, seen, editor)
    assert doubtful.problems.get(code=problem.code, start=problem.start).settled_by == editor


def test_a_correction_of_the_very_part_answers_its_doubt_until_it_is_taken_back(meeting, editor):
    text = (SAMPLES / "yunchuan-2018-24.txt").read_text(encoding="utf-8")
    text = text.replace("第24次", "第26次").replace("9号", "11号").replace("困难群众", "入汛前和主汛期前对困难群众", 1)
    doubtful = Meeting.objects.get(pk=ingest_bytes("doubtful.txt", text.encode(), IngestOptions()).meeting)

    def terms_in_doubt():
        messages = doubtful.problems.filter(code="deadline-unresolved").values_list("message", flat=True)
        return [term for term in ("入汛前", "主汛期前") if any(f"“{term}”" in message for message in messages)]

    item, key = next(
        (item, key)
        for item, node in current_reading(doubtful).tree["items"].items()
        for key, deadline in node["decisions"]["0"]["deadlines"].items()
        if deadline["text"] == "入汛前"
    )
    place, paragraph = f"items/{item}/decisions/0/deadlines/{key}", f"items/{item}/paragraphs/0"
    seen = seen_at(doubtful, paragraph)
    correct(doubtful, paragraph, {**seen, "marker": "（壹）"}, seen, editor)
    assert terms_in_doubt() == ["入汛前", "主汛期前"]
    seen = seen_at(doubtful, place)
    correct(doubtful, place, {**seen, "date": "2018-04-15"}, seen, editor)
    assert terms_in_doubt() == ["主汛期前"]
    remove_correction(doubtful.pk, place)
    assert terms_in_doubt() == ["入汛前", "主汛期前"]


def test_a_field_that_was_missing_is_in_doubt_until_it_is_filled_in(meeting, editor):
    text = (SAMPLES / "yunchuan-2018-24.txt").read_text(encoding="utf-8").replace("第24次", "").replace("9号", "11号")
    doubtful = Meeting.objects.get(pk=ingest_bytes("doubtful.txt", text.encode(), IngestOptions()).meeting)
    assert doubtful.problems.filter(code="number-missing").exists()
    correct(doubtful, "number", {"value": 26, "span": [0, 0]}, None, editor)
    assert not doubtful.problems.filter(code="number-missing").exists()


def test_correcting_what_is_public_is_announced_and_a_draft_is_not(meeting, editor):
    heard = []

    def hear(sender, meeting_id, **kwargs):
        heard.append(meeting_id)

    meeting_changed.connect(hear)
    try:
        seen = seen_at(meeting, "place")
        correct(meeting, "place", {"value": "云川宾馆", "span": [0, 2]}, seen, editor)
        assert heard == []
        meeting.refresh_from_db()
        publish(meeting)
        correct(meeting, "place", {"value": "市民中心", "span": [0, 2]}, seen_at(meeting, "place"), editor)
        assert heard == [meeting.pk, meeting.pk]
    finally:
        meeting_changed.disconnect(hear)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.place) == (MeetingStatus.PUBLISHED, "市民中心")


def test_a_corrected_topic_outlives_a_rebuild_and_says_no_words(meeting, editor):
    place = "items/0/topics"
    correct(meeting, place, [{"code": "17.3", "words": []}], seen_at(meeting, place), editor)
    rebuild_rows(Meeting.objects.get(pk=meeting.pk))
    topics = meeting.items.get(position=1).topics.all()
    assert [(topic.code, topic.name, topic.words) for topic in topics] == [("17.3", "社会福利", [])]


def test_a_decision_can_be_added_corrected_and_taken_away(meeting, editor):
    (place, first), *_ = seen_at(meeting, "items/0/decisions").items()
    added = {
        "outcome": {"value": "同意", "span": [300, 302]},
        "lead": [{"value": "市住建局", "span": [302, 306]}],
        "supporting": [],
        "next_step": None,
        "deadlines": [],
        "span": [300, 306],
    }
    correct(meeting, "items/0/decisions/+1", added, None, editor)
    next_step = {"value": "按程序印发", "span": [306, 310]}
    correct(meeting, "items/0/decisions/+1/next_step", next_step, None, editor)

    item = meeting.items.get(position=1)
    assert [decision.position for decision in item.decisions.all()] == [1, 2]
    second = item.decisions.get(position=2)
    assert (second.outcome_text, second.next_step) == ("同意", "按程序印发")
    assert [unit.organization.name for unit in second.units.all()] == ["市住建局"]

    correct(meeting, f"items/0/decisions/{place}", None, first, editor)
    assert [decision.outcome_text for decision in item.decisions.all()] == ["同意"]


def test_an_item_without_a_decision_can_be_given_one(meeting, editor):
    tree = current_reading(meeting).tree
    key, item = next((key, item) for key, item in tree["items"].items() if item["decisions"]["0"]["outcome"] is None)
    outcome = {"value": "同意", "span": item["span"]}
    correct(meeting, f"items/{key}/decisions/0/outcome", outcome, None, editor)

    assert meeting.items.get(position=item["position"]).decisions.get(position=1).outcome_text == "同意"


def test_added_records_stand_where_their_characters_do_and_lists_keep_their_order_otherwise():
    read = {"0": {"span": [40, 44]}, "1": {"span": [10, 14]}}

    assert [each["span"][0] for each in unkeyed_list(read)] == [40, 10], "as the parser gave them"
    added = {**read, "+1": {"span": [20, 24]}, "2": None}
    assert [each["span"][0] for each in unkeyed_list(added)] == [10, 20, 40]
