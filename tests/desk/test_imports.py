"""The import page: three hundred files in groups, and one step for a whole selection of them."""

import re

import pytest
from django.core.management import call_command

from desk.imports import selection
from desk.models import Upload, UploadState
from minutes.models import AuditEntry, Body, Meeting, MeetingStatus, Problem, SourceFile, Task, TaskPart
from tests.desk.bringing import bring, logged_in, work
from tests.desk.staff import somebody
from tests.extraction.documents import zipped
from tests.kept import kept
from tests.minutes_text import minutes_text

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]

IMPORTS = "/admin/imports/"
WITHOUT_BODY = "常务会议纪要"


@pytest.fixture
def uploader():
    return logged_in(somebody("鲁一苇", "上传员"))


@pytest.fixture
def editor():
    return logged_in(somebody("温如故", "编辑"))


@pytest.fixture
def publisher():
    return logged_in(somebody("阮知秋", "发布员"))


def text(number, **facts):
    return minutes_text(number, number % 28 + 1, doc_number=f"〔2021〕{number}号", **facts)


def without_body(number):
    return (
        text(number, head=WITHOUT_BODY).replace("云川市人民政府办公室", "").replace("武警云川支队", "武警支队").encode()
    )


def page_of(client, **asked):
    return client.get(IMPORTS, asked).content.decode()


def counts_on(client):
    """Return the number shown for each group by its key."""
    found = re.findall(r'id="group-(\w+)" href="[^"]*"[^>]*><strong>(\d+)</strong>', page_of(client))
    return {key: int(count) for key, count in found}


def step(client, name, group, *chosen, **fields):
    return client.post(f"{IMPORTS}{name}/", {"group": group, "chosen": chosen, **fields}, follow=True).content.decode()


def seen(meeting):
    return f"{meeting.pk}.{meeting.revision}"


@kept
def settled(folder):
    """Three drafts, without doubts."""
    for number in (1, 2, 3):
        (folder / f"{number}.txt").write_text(text(number), "utf-8")
        call_command("ingest", str(folder / f"{number}.txt"), verbosity=0)
    for meeting in Meeting.objects.all():
        meeting.problems.all().delete()
    return list(Meeting.objects.order_by("pk"))


def test_what_came_of_the_files_is_grouped_and_each_sees_what_they_may_decide(uploader, editor, publisher, run, write):
    other = text(1, extra_paragraph="另行通知。").encode()
    members = {"in.txt": text(1).encode(), "again.txt": text(1).encode(), "other.txt": other}
    bring(uploader, ("year.zip", zipped({**members, "bad.txt": b"\x00\x01", "whose.txt": without_body(5)})))
    work()
    Meeting.objects.get().problems.all().delete()
    run("ingest", write("2.txt", text(2)))
    Meeting.objects.latest("pk").problems.create(code="date-missing", message="没有读到会议日期")
    run("ingest", write("3.txt", text(3)))
    Meeting.objects.filter(number=3).update(status=MeetingStatus.REVIEWED)

    of_files = {"body": 1, "conflict": 1, "failed": 1, "known": 1}
    assert counts_on(uploader) == of_files
    assert counts_on(editor) == {"ready": 1, "doubts": 1, **of_files}
    assert counts_on(publisher) == {"ready": 1, "doubts": 1, "reviewed": 1, **of_files}
    assert "in.txt" in page_of(editor, group="ready")
    assert "没有会议日期（1）" in page_of(editor, group="doubts")
    assert "2.txt" not in page_of(editor, group="doubts", code="number-missing")


def test_nobody_without_a_role_opens_it(client, editor, django_user_model):
    client.force_login(django_user_model.objects.create_user("路人", is_staff=True))

    assert client.get(IMPORTS).status_code == 403


def test_files_that_a_command_could_not_take_in_wait_on_the_page(uploader, run, write):
    Body.objects.create(name="云川市人民政府")
    folder = write("a/whose.txt", without_body(1)).parent
    write("a/bad.docx", b"PK\x03\x04 broken")
    write("a/all.zip", zipped({"locked.txt": b"\x00\x01"}))

    for _ in range(2):
        run("ingest", folder)
    work()

    assert sorted(Upload.objects.values_list("name", "state")) == [
        ("bad.docx", "failed"),
        ("locked.txt", "failed"),
        ("whose.txt", "needs_body"),
    ]
    assert "命令行" in page_of(uploader, group="failed")
    assert AuditEntry.objects.filter(action="uploaded", by=None).count() == 3


def test_a_file_that_a_later_command_takes_in_waits_no_longer(uploader, run, write):
    path = write("whose.txt", without_body(1))
    run("ingest", path)
    work()
    assert counts_on(uploader)["body"] == 1

    run("ingest", path, "--body", "云川市人民政府")

    assert Upload.objects.get().state == UploadState.KNOWN
    assert Upload.objects.get().meeting == Meeting.objects.get()


def test_a_dry_run_leaves_nothing_behind(run, write):
    run("ingest", write("whose.txt", without_body(1)), "--dry-run")

    assert not Upload.objects.exists()


def test_the_summary_of_a_command_has_the_groups_of_the_page(run, write):
    folder = write("a/1.txt", text(1)).parent
    write("a/whose.txt", without_body(2))
    write("a/bad.txt", b"\x00\x01")

    lines = [" ".join(line.split()) for line in run("ingest", folder).lines]

    assert "1 no government named" in lines
    assert "1 failed" in lines
    assert any(line.startswith("1 new") for line in lines)
    assert lines[-2].endswith("/admin/imports/")


def test_the_body_is_set_for_a_whole_selection(uploader):
    Body.objects.create(name="南屏县人民政府")
    bring(uploader, *((f"{number}.txt", without_body(number)) for number in (1, 2, 3)))
    work()
    first, second, _ = Upload.objects.order_by("pk")

    said = step(uploader, "body", "body", first.pk, second.pk, body_name="南屏县人民政府")
    work()

    assert "2份已按“南屏县人民政府”重新排队读取" in said
    assert sorted(Meeting.objects.values_list("body__name", "number")) == [("南屏县人民政府", 1), ("南屏县人民政府", 2)]
    assert counts_on(uploader)["body"] == 1


def test_without_a_name_nothing_is_read_again(uploader):
    bring(uploader, ("1.txt", without_body(1)))
    work()

    said = step(uploader, "body", "body", Upload.objects.get().pk, body_name=" ")

    assert "请填写会议主体" in said
    assert Upload.objects.get().state == UploadState.NEEDS_BODY


def test_each_file_is_read_with_the_likeliest_of_its_own_candidates(uploader):
    Body.objects.create(name="北渚市人民政府")
    county, nowhere = (
        without_body(n).replace("云川市".encode(), place.encode()) for n, place in ((1, "南屏市"), (3, ""))
    )
    bring(uploader, ("1.txt", county), ("北渚市常务会议纪要.txt", without_body(2)), ("3.txt", nowhere))
    work()
    assert "可能是：南屏市人民政府" in page_of(uploader, group="body")

    said = step(uploader, "likeliest", "body", all="1")
    work()

    assert sorted(Meeting.objects.values_list("body__name", "number")) == [("北渚市人民政府", 2), ("南屏市人民政府", 1)]
    assert "“3.txt”没有可能的会议主体" in said


def test_a_conflict_says_whether_the_texts_differ_in_more_than_white_space(uploader, settled):
    spaced = text(1).replace("\n", "\n\n　　").encode()
    other = text(2, extra_paragraph="另行通知。").encode()
    bring(uploader, ("spaced.txt", spaced), ("other.txt", other))
    work()

    page = page_of(uploader, group="conflict")
    assert page.count("两份文字相同，只有空白不同") == 1
    assert page.count("两份文字不同。") == 1
    said = step(uploader, "aside", "conflict", all="1")
    assert "2份已搁置" in said
    assert Meeting.objects.count() == 3


def test_the_decision_stands_above_the_comparison(uploader, settled):
    bring(uploader, ("other.txt", text(2, extra_paragraph="另行通知。").encode()))
    work()

    page = uploader.get(Upload.objects.get().get_absolute_url()).content.decode()
    assert page.index("怎样处理") < page.index("两份文件的不同之处")


def test_failed_files_are_read_again_or_set_aside_together(uploader):
    bring(uploader, ("1.txt", b"\x00\x01"), ("2.txt", b"\x00\x02"))
    work()

    assert "2份已重新排队读取" in step(uploader, "again", "failed", all="1")
    work()
    assert counts_on(uploader)["failed"] == 2
    assert "2份已搁置" in step(uploader, "aside", "failed", all="1")
    assert counts_on(uploader)["failed"] == 0


def test_from_drafts_to_the_public_in_few_steps(editor, publisher, settled):
    said = step(editor, "reviewed", "ready", all="1")
    assert "3次会议已标为已审核" in said
    settled = list(Meeting.objects.order_by("pk"))
    meeting = settled[0]
    meeting.tasks.create(position=99, part=TaskPart.CLOSING, text="各单位要抓紧落实。", start=0, end=1)

    preview = publisher.post(f"{IMPORTS}publish/", {"all": "1"}).content.decode()
    assert "发布 3 次会议" in preview
    assert "6 项议题" in preview
    assert f"{Task.objects.count()} 条任务" in preview
    assert not Meeting.objects.published().exists()
    chosen = re.findall(r'name="chosen" value="([\d.]+)"', preview)
    assert sorted(chosen) == sorted(map(seen, settled))

    said = step(publisher, "publish", "reviewed", *chosen, confirmed="1")
    assert "3次会议已发布" in said
    assert Meeting.objects.published().count() == 3
    assert AuditEntry.objects.filter(action="published", by__username="阮知秋").count() == 3


def test_only_what_was_chosen_and_seen_is_changed(editor, settled):
    first, second, _ = settled
    before = seen(second)
    Meeting.objects.filter(pk=second.pk).update(revision=second.revision + 1)

    said = step(editor, "reviewed", "ready", seen(first), before, "nonsense", "9" * 30)

    assert "1次会议已标为已审核" in said
    assert "有了变化，没有处理" in said
    assert list(Meeting.objects.filter(status="reviewed")) == [first]


def test_who_chooses_nothing_is_told(editor, settled):
    assert "没有选中任何一份" in step(editor, "reviewed", "ready")
    assert not Meeting.objects.filter(status="reviewed").exists()


def test_a_draft_in_doubt_is_not_marked_as_reviewed_by_its_number(editor, settled):
    settled[0].problems.create(code="date-missing", message="没有读到会议日期")

    step(editor, "reviewed", "ready", seen(settled[0]))

    assert not Meeting.objects.filter(status="reviewed").exists()


def test_a_kind_of_doubt_is_settled_in_a_whole_selection(editor, settled):
    for meeting in settled:
        meeting.problems.create(code="date-missing", message="没有读到会议日期")
        meeting.problems.create(code="items-missing", message="没有读到任何议题")

    said = step(editor, "settle", "doubts", seen(settled[0]), seen(settled[1]), code="date-missing")

    assert "已核实“没有会议日期（2处）”" in said
    assert Problem.objects.open("must").count() == 4
    assert "没有待核的" in step(editor, "settle", "doubts", all="1", code="")
    assert Problem.objects.open("must").count() == 4


def test_no_step_takes_more_than_its_limit(editor, settled, monkeypatch):
    monkeypatch.setattr(selection, "MAX_CHOSEN", 2)

    said = step(editor, "reviewed", "ready", all="1")

    assert "一次最多处理2份" in said
    assert Meeting.objects.filter(status="reviewed").count() == 2


@pytest.mark.parametrize(
    ("role", "name", "group"),
    [
        ("编辑", "publish", "reviewed"),
        ("上传员", "settle", "doubts"),
        ("上传员", "reviewed", "ready"),
        ("上传员", "publish", "reviewed"),
    ],
)
def test_each_step_asks_for_its_own_right(role, name, group, settled):
    client = logged_in(somebody("卓韬", role))

    assert client.post(f"{IMPORTS}{name}/", {"all": "1", "confirmed": "1"}).status_code == 403
    assert Meeting.objects.filter(status="draft").count() == 3


def test_the_page_asks_the_database_as_often_for_many_files_as_for_one(
    editor, uploader, settled, django_assert_max_num_queries, run, write
):
    bring(uploader, *((f"{number}.txt", without_body(number)) for number in range(10, 16)))
    bring(uploader, *((f"other{n}.txt", text(n, extra_paragraph="另行通知。").encode()) for n in (1, 2, 3)))
    work()

    for group in ("ready", "body", "conflict"):
        with django_assert_max_num_queries(22):
            editor.get(IMPORTS, {"group": group})


def test_one_draft_leads_to_the_next(editor, settled):
    first, second, third = settled

    assert editor.get(f"/admin/review/{third.pk}/next/")["Location"] == f"/admin/review/{second.pk}/"
    assert editor.get(f"/admin/review/{first.pk}/next/")["Location"] == f"/admin/review/{third.pk}/"
    Meeting.objects.exclude(pk=first.pk).update(status="reviewed")
    assert editor.get(f"/admin/review/{first.pk}/next/")["Location"] == IMPORTS


def test_the_address_of_a_known_file_is_filled_in_and_never_changed(run, write):
    path = write("1.txt", text(1))
    run("ingest", path)
    first, second = (write(f"{n}.csv", f"1.txt,https://www.yunchuan.example/{n}.html") for n in (1, 2))

    run("ingest", path, "--url-list", first)
    run("ingest", path, "--url-list", second)

    assert SourceFile.objects.get().source_url == "https://www.yunchuan.example/1.html"
