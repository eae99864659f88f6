"""The life of a record, step by step, each with its line in the audit log."""

import pytest
from django.utils import timezone

from minutes.models import AuditEntry, Meeting, MeetingStatus
from minutes.workflow import StepRefused, mark_reviewed, publish, reopen, restore, withdraw


def test_a_whole_life_leaves_its_trace(meeting, editor):
    mark_reviewed(meeting, editor)
    reopen(meeting, editor)
    mark_reviewed(meeting, editor)
    publish(meeting, editor)
    first_published = meeting.published_at
    withdraw(meeting, " 原件有误，待更正。 ", editor)
    assert Meeting.objects.published().count() == 0
    stored = Meeting.objects.get(pk=meeting.pk)
    assert (stored.status, stored.withdrawal_reason) == (MeetingStatus.WITHDRAWN, "原件有误，待更正。")
    assert stored.withdrawn_at
    restore(meeting, editor)
    stored.refresh_from_db()
    assert (stored.status, stored.withdrawal_reason, stored.withdrawn_at) == (MeetingStatus.PUBLISHED, "", None)
    assert stored.published_at == first_published
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", "by_name"))
    expected = ["reviewed", "reopened", "reviewed", "published", "withdrawn", "restored"]
    assert actions == [(action, "卓韬") for action in expected]


def test_a_draft_is_not_reviewed_before_every_fact_that_may_be_wrong_is_settled(meeting, editor):
    for code in ("name-unclear", "unknown-outcome", "title-derived", "a-code-without-weight"):
        meeting.problems.create(code=code, message="请核对。")
    with pytest.raises(StepRefused, match="2处必须核实"):
        mark_reviewed(meeting, editor)
    assert Meeting.objects.get(pk=meeting.pk).status == MeetingStatus.DRAFT
    assert not AuditEntry.objects.exists()
    meeting.problems.open("must").update(settled_at=timezone.now())
    mark_reviewed(meeting, editor)
    assert Meeting.objects.get(pk=meeting.pk).status == MeetingStatus.REVIEWED


@pytest.mark.parametrize(
    "step",
    [reopen, restore, lambda meeting, by: withdraw(meeting, "因故", by)],
    ids=["reopen", "restore", "withdraw"],
)
def test_a_step_that_does_not_begin_here_is_refused(meeting, editor, step):
    with pytest.raises(StepRefused, match="草稿"):
        step(meeting, editor)


@pytest.mark.parametrize(("reason", "says"), [("  ", "请写明"), ("误" * 501, "不超过500字，现有501字")])
def test_withdrawing_wants_a_reason_that_can_be_read(meeting, editor, reason, says):
    publish(meeting, editor)
    with pytest.raises(StepRefused, match=says):
        withdraw(meeting, reason, editor)
    assert Meeting.objects.published().count() == 1


def test_who_decides_is_held_to_what_they_have_seen(meeting, editor):
    seen = Meeting.objects.get(pk=meeting.pk)
    Meeting.objects.filter(pk=meeting.pk).update(revision=meeting.revision + 1)
    with pytest.raises(StepRefused, match="更改"):
        publish(seen, editor)
    assert Meeting.objects.published().count() == 0
