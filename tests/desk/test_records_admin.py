"""Test that the admin shows all records to superusers, read-only."""

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse

from desk.admin.base import ReadOnlyAdmin
from minutes.models import Meeting, MeetingStatus
from tests.kept import kept
from tests.minutes_text import minutes_text

pytestmark = pytest.mark.django_db

OWN = [model for model, options in admin.site._registry.items() if isinstance(options, ReadOnlyAdmin)]


@kept
def on_record(folder):
    (folder / "a.txt").write_text(minutes_text(), "utf-8")
    call_command("ingest", str(folder / "a.txt"), "--publish", verbosity=0)
    assert Meeting.objects.get().status == MeetingStatus.PUBLISHED


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
def test_each_list_and_each_record_can_be_read_and_not_changed(model, on_record, admin_client):
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"

    assert admin_client.get(reverse(f"{base}_changelist"), {"q": "云川"}).status_code == 200
    for record in model.objects.all()[:3]:
        page = admin_client.get(reverse(f"{base}_change", args=[record.pk]))
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()
        assert admin_client.post(reverse(f"{base}_delete", args=[record.pk]), {"post": "yes"}).status_code == 403
    assert admin_client.get(reverse(f"{base}_add")).status_code == 403


def test_the_start_page_speaks_chinese(on_record, admin_client):
    page = admin_client.get(reverse("admin:index")).content.decode()

    for words in ("会议纪要档案", "来源文件", "单位", "待核问题"):
        assert words in page


def test_a_meeting_shows_its_items_attendance_and_problems(on_record, admin_client, django_assert_max_num_queries):

    with django_assert_max_num_queries(20):
        page = admin_client.get(reverse("admin:minutes_meeting_change", args=[Meeting.objects.get().pk]))

    text = page.content.decode()
    for words in ("审议《云川市河道管理办法（草案）》", "闵怀远", "武警云川支队"):
        assert words in text
