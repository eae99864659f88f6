"""From the form to the draft: each format, each doubt, each choice, as those who bring files see them."""

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from desk.models import Upload, Worker
from desk.uploads import process_upload
from desk.uploads.tasks import read_upload, recognize_upload
from minutes.corrections.changes import CorrectionRefused
from minutes.extraction.exceptions import MustBeRecognized
from minutes.models import AuditEntry, Body, Meeting, MeetingStatus, SourceFile
from minutes.workflow import mark_reviewed, publish
from search.index.tasks import bring_index_up_to_date
from tests.desk.bringing import UPLOADS, bring, logged_in, work
from tests.desk.staff import somebody
from tests.extraction.documents import docx_of, pdf_of, zipped
from tests.extraction.test_encodings import FILES, SIMPLIFIED
from tests.extraction.web_pages import paragraphs
from tests.minutes_text import minutes_text

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]

MINUTES = minutes_text().encode()
WITHOUT_BODY = minutes_text(head="常务会议纪要").replace("云川市人民政府办公室", "").replace("武警云川支队", "武警支队")


@pytest.fixture
def client():
    return logged_in(somebody("鲁一苇", "上传员", is_staff=True))


@pytest.fixture
def editor():
    return logged_in(somebody("温如故", "编辑", is_staff=True))


def text_of(response):
    return response.content.decode()


def page_of(client, upload):
    return text_of(client.get(upload.get_absolute_url()))


def brought(client, name="a.txt", content=MINUTES, **fields):
    """Upload a file and run the worker; return the upload."""
    response = bring(client, (name, content), **fields)
    assert response.status_code == 302, text_of(response)
    work()
    return Upload.objects.latest("pk")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", minutes_text().encode()),
        ("a.docx", docx_of(minutes_text())),
        ("a.pdf", pdf_of([line for line in minutes_text().split("\n") if line])),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_becomes_a_draft_that_only_staff_see(name, content, client, editor):
    upload = brought(client, name, content)

    meeting = Meeting.objects.get()
    assert (upload.state, upload.meeting) == ("added", meeting)
    assert meeting.status == MeetingStatus.DRAFT
    assert meeting.items.count() == 2
    assert meeting.source.received_by.username == "鲁一苇"
    assert bytes(meeting.source.content) == content
    assert not upload.content, "the bytes are kept twice"
    page = page_of(editor, upload)
    assert f"已收录为“{meeting}”的草稿，共2项议题" in page
    assert client.get(meeting.get_absolute_url()).status_code == 404
    assert AuditEntry.objects.filter(action="uploaded", by__username="鲁一苇", about=name).count() == 1


def test_a_number_of_another_day_is_told_to_the_uploader_and_in_review(client, editor):
    brought(client)
    upload = brought(client, "b.txt", minutes_text(12, 19, doc_number="〔2021〕8号").encode())

    assert (upload.state, Meeting.objects.count()) == ("added", 2)
    doubt = "（2021年3月5日）也是第12次，两次都已收录，请核对次数和日期"
    assert doubt in page_of(editor, upload)
    assert doubt in text_of(editor.get(reverse("desk-review", args=[upload.meeting_id])))


def test_the_draft_leads_to_its_review_for_those_who_review(client, editor):
    upload = brought(client)
    link = f'href="{reverse("desk-review", args=[upload.meeting_id])}"'

    assert link in text_of(editor.get(UPLOADS))
    assert link not in text_of(client.get(UPLOADS))


def test_pasted_text_is_a_file_too(client):
    bring(client, text=minutes_text().replace("\n", "\r\n"))
    work()

    source = SourceFile.objects.get()
    assert source.name == "粘贴的文字.txt"
    assert bytes(source.content).decode() == minutes_text().strip()
    assert Meeting.objects.get().number == 12


def test_several_files_and_a_text_at_once(client):
    files = [(f"{day}.txt", minutes_text(day, day, doc_number=f"〔2021〕{day}号").encode()) for day in (1, 2)]

    response = bring(client, *files, text=minutes_text(3, 3, doc_number="〔2021〕3号"))
    page = text_of(client.get(response["Location"]))
    work()

    assert "已收下 3 份文件" in page
    assert "3 份正在排队或读取" in page
    assert sorted(Meeting.objects.values_list("number", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "请选择文件，或粘贴文字。"),
        ({"text": " \r\n "}, "请选择文件，或粘贴文字。"),
        ({"text": minutes_text(), "complete": False}, "没有收到完整的内容"),
        ({"text": minutes_text(), "body_name": "云" * 121}, "会议主体不能超过120个字"),
    ],
)
def test_an_incomplete_form_is_refused_and_nothing_kept(form, sentence, client):
    response = bring(client, **form)

    assert response.status_code == 400
    assert sentence in text_of(response)
    assert not Upload.objects.exists()


def test_a_file_whose_sending_broke_off_is_not_kept(client):
    """Whoever parses the form sees no difference between the end of a file and the end of the line."""
    whole = minutes_text().encode()
    body = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n' + whole[:900]

    response = client.post(UPLOADS, body, content_type="multipart/form-data; boundary=x")

    assert response.status_code == 400
    assert not Upload.objects.exists()


def test_the_body_is_asked_for_where_the_text_does_not_name_it(client):
    Body.objects.create(name="云川市人民政府")
    upload = brought(client, content=WITHOUT_BODY.encode())
    assert upload.state == "needs_body"
    page = page_of(client, upload)
    assert "原文没有写明是哪一级政府的会议" in page
    assert '<option value="云川市人民政府">' in page

    client.post(f"{upload.get_absolute_url()}again/", {"body_name": "云川市人民政府"})
    work()

    upload.refresh_from_db()
    assert upload.state == "added"
    assert upload.meeting.body.name == "云川市人民政府"
    assert upload.meeting.problems.filter(code="body-not-named").exists()


def test_the_body_can_be_named_beforehand_but_not_against_the_text(client):
    assert brought(client, content=WITHOUT_BODY.encode(), body_name="澄江市人民政府").state == "added"
    named = brought(client, content=minutes_text(20, 20, doc_number="").encode(), body_name="澄江市人民政府")

    assert named.meeting.body.name == "云川市人民政府"


def test_the_same_bytes_are_one_record(client, editor):
    first = brought(client, "a.txt")
    second = brought(editor, "b.docx.txt")

    assert (second.state, second.meeting) == ("known", first.meeting)
    assert "完全相同" in page_of(editor, second)
    assert SourceFile.objects.get().received_by.username == "鲁一苇"
    assert second.original == MINUTES


def in_conflict(client):
    """Upload two different files of one meeting."""
    brought(client, "first.txt")
    return brought(client, "second.txt", minutes_text(extra_paragraph="<b>市财政局</b>予以保障。").encode())


def test_two_files_of_one_meeting_are_shown_side_by_side(client, editor):
    upload = in_conflict(client)

    page = page_of(editor, upload)

    assert upload.state == "conflict"
    assert "已由另一份文件“first.txt”收录" in page
    assert "有 1 处不同" in page
    assert '<th scope="row">改动</th>' in page
    assert "<ins>&lt;b&gt;市财政局&lt;/b&gt;予以保障。</ins>" in page
    assert "行相同……" in page
    assert upload.original == minutes_text(extra_paragraph="<b>市财政局</b>予以保障。").encode()


def test_both_meetings_are_kept_where_both_took_place(client):
    upload = in_conflict(client)

    client.post(f"{upload.get_absolute_url()}both/", {"distinction": "第二场"})
    work()

    upload.refresh_from_db()
    first, second = Meeting.objects.order_by("pk")
    assert (upload.state, upload.meeting) == ("added", second)
    assert str(second) == f"{first}（第二场）"
    assert "市财政局" in second.source.text
    assert (first.date, first.number) == (second.date, second.number)


def test_two_meetings_are_not_told_apart_without_a_word_for_it(client):
    upload = in_conflict(client)

    client.post(f"{upload.get_absolute_url()}both/", {"distinction": " "})

    upload.refresh_from_db()
    assert upload.state == "conflict"
    assert "请填写区分" in client.get(upload.get_absolute_url()).content.decode()


def test_what_is_on_record_is_kept(client):
    upload = in_conflict(client)

    client.post(f"{upload.get_absolute_url()}aside/")

    upload.refresh_from_db()
    assert (upload.state, upload.decided_by.username) == ("set_aside", "鲁一苇")
    assert b"<b>" in upload.original
    assert "市财政局" not in Meeting.objects.get().source.text


def test_the_new_file_takes_the_place_of_the_old(client, editor):
    upload = in_conflict(client)
    assert "/take/" not in page_of(client, upload)
    assert client.post(f"{upload.get_absolute_url()}take/").status_code == 403

    editor.post(f"{upload.get_absolute_url()}take/")
    work()

    upload.refresh_from_db()
    meeting = Meeting.objects.get()
    assert (upload.state, upload.meeting) == ("added", meeting)
    assert "已替换" in page_of(client, upload)
    assert meeting.source.name == "second.txt"
    assert "市财政局" in meeting.source.text
    assert bytes(meeting.former_sources.get().content) == MINUTES
    assert AuditEntry.objects.get(action="replaced").by.username == "温如故"
    again = brought(client, "first again.txt")
    assert (again.state, again.meeting) == ("known", meeting)
    assert "从前的来源文件" in again.message


def test_a_new_file_that_corrections_do_not_fit_is_told_and_changes_nothing(client, editor, monkeypatch):
    upload = in_conflict(client)

    def refuse(*arguments):
        raise CorrectionRefused("与已收录的会议相同。")

    monkeypatch.setattr("minutes.ingest.ingest_file.replace_source", refuse)
    editor.post(f"{upload.get_absolute_url()}take/")
    work()

    upload.refresh_from_db()
    meeting = Meeting.objects.get()
    assert (upload.state, upload.meeting, meeting.source.name) == ("failed", meeting, "first.txt")
    assert "人工更正放不进新文件。与已收录的会议相同。" in page_of(client, upload)


def test_the_file_of_a_public_meeting_is_replaced_only_by_those_who_publish(client, editor):
    upload = in_conflict(client)
    publish(upload.meeting)

    response = editor.post(f"{upload.get_absolute_url()}take/", follow=True)
    work()

    assert "要由有发布权限的人替换" in text_of(response)
    assert "要由有发布权限的人" not in text_of(client.get(UPLOADS))
    assert Meeting.objects.get().source.name == "first.txt"
    publisher = logged_in(somebody("祝长风", "发布员"))
    publisher.post(f"{upload.get_absolute_url()}take/")
    work()
    assert Meeting.objects.get().source.name == "second.txt"


def test_a_replacement_queued_before_publication_does_not_change_what_is_public(client, editor):
    upload = in_conflict(client)
    meeting = Meeting.objects.get()
    mark_reviewed(meeting, None)
    editor.post(f"{upload.get_absolute_url()}take/")
    publish(meeting)
    work()

    upload.refresh_from_db()
    assert upload.state == "failed"
    assert Meeting.objects.get().source.name == "first.txt"
    assert "不再有这样做的权限" in page_of(client, upload)


def test_a_replacement_is_held_to_the_revision_it_was_decided_on(client):
    upload = in_conflict(client)
    publisher = logged_in(somebody("祝长风", "发布员"))
    publisher.post(f"{upload.get_absolute_url()}take/")
    publish(Meeting.objects.get())
    work()

    assert Meeting.objects.get().source.name == "first.txt"
    assert "这次会议又有更改（现在是“已发布”）" in page_of(client, upload)


@pytest.mark.parametrize("change", [{"is_active": False}, {"groups": []}])
def test_whoever_lost_the_right_brings_nothing_in_any_more(client, change):
    bring(client, ("first.txt", MINUTES))
    user = Upload.objects.get().by
    user.groups.set(change.pop("groups", user.groups.all()))
    User.objects.filter(pk=user.pk).update(**change)
    work()

    assert Upload.objects.get().state == "failed"
    assert not Meeting.objects.exists()


def test_who_decides_second_is_told(client, editor):
    upload = in_conflict(client)
    editor.post(f"{upload.get_absolute_url()}aside/")

    response = editor.post(f"{upload.get_absolute_url()}take/", follow=True)

    assert "状态已经变了（已搁置）" in text_of(response)
    assert not DBTaskResult.objects.ready().filter(task_path=read_upload.module_path).exists()


def test_a_file_set_aside_can_be_read_after_all(client):
    upload = brought(client, content=WITHOUT_BODY.encode())
    client.post(f"{upload.get_absolute_url()}aside/")

    client.post(f"{upload.get_absolute_url()}again/", {"body_name": "云川市人民政府"})
    work()

    upload.refresh_from_db()
    assert upload.state == "added"


def test_the_page_tells_of_each_page_while_it_is_read(client, monkeypatch):
    seen = []

    def read_three_pages(name, content, options, progress):
        for page in (1, 2, 3):
            progress(page, 3)
            seen.append(text_of(client.get(UPLOADS)))
        return ingest(name, content, options, progress)

    ingest = process_upload.ingest_bytes
    monkeypatch.setattr(process_upload, "ingest_bytes", read_three_pages)

    upload = brought(client)

    assert [f"已读 {number} 页，共 3 页" in page for number, page in enumerate(seen, start=1)] == [True] * 3
    assert all('hx-trigger="every 2s"' in page for page in seen)
    assert upload.state == "added"
    assert "every 2s" not in text_of(client.get(UPLOADS))


@pytest.mark.parametrize(("page", "pages"), [(0, 0), (-1, 3), (4, 3), (10**30, 10**30)])
def test_pages_that_cannot_be_are_not_told(page, pages, client, monkeypatch):
    ingest = process_upload.ingest_bytes

    def lie(name, content, options, progress):
        progress(page, pages)
        return ingest(name, content, options, progress)

    monkeypatch.setattr(process_upload, "ingest_bytes", lie)

    upload = brought(client)

    assert (upload.state, upload.pages) == ("added", 0)


@pytest.mark.parametrize("encoding", ["utf-8 with mark", "gb18030", "utf-16-le with mark", "big5"])
def test_the_right_text_comes_out_of_every_encoding(encoding, client):
    upload = brought(client, content=FILES[encoding])

    text = SourceFile.objects.get().text
    assert upload.state == "added", upload.message
    assert text == SIMPLIFIED or "審議《雲川市河道管理辦法》" in text


def test_damaged_characters_have_to_be_looked_at(client):
    broken = minutes_text().encode().replace("压实".encode(), "压实".encode()[:4])
    lost = minutes_text(2, 2, doc_number="").replace("压实", "�")

    assert "已损坏" in brought(client, content=broken).message
    upload = brought(client, content=lost.encode())
    assert upload.meeting.problems.filter(code="damaged-characters").exists()


def test_a_reading_that_does_not_fit_on_the_disk_is_told_and_can_be_repeated(client, monkeypatch):
    ingest = process_upload.ingest_bytes

    def full(*arguments):
        # As PostgreSQL says it; SQLite gives no more than the sentence.
        raise OperationalError("database or disk is full") from psycopg.errors.DiskFull()

    monkeypatch.setattr(process_upload, "ingest_bytes", full)
    upload = brought(client)
    assert upload.state == "failed"
    assert "磁盘已满" in page_of(client, upload)

    monkeypatch.setattr(process_upload, "ingest_bytes", ingest)
    client.post(f"{upload.get_absolute_url()}again/")
    work()

    upload.refresh_from_db()
    assert upload.state == "added"


def test_what_nobody_foresaw_concerns_one_file_alone(client, monkeypatch):
    ingest = process_upload.ingest_bytes

    def stumble(name, *arguments):
        if name == "a.txt":
            raise ZeroDivisionError
        return ingest(name, *arguments)

    monkeypatch.setattr(process_upload, "ingest_bytes", stumble)
    bring(client, ("a.txt", b"text"), ("b.txt", minutes_text().encode()))
    work()

    bad, good = Upload.objects.order_by("pk")
    assert (bad.state, good.state) == ("failed", "added")
    assert "意外错误（ZeroDivisionError）" in page_of(client, bad)
    assert bad.original == b"text"


def test_a_scan_is_recognized_by_a_task_of_its_own_and_the_look_at_it_is_no_attempt(client, monkeypatch):
    ingest = process_upload.ingest_bytes

    def scan(name, content, options, progress):
        if not options.recognizes:
            raise MustBeRecognized(200)
        return ingest(name, content, options, progress)

    monkeypatch.setattr(process_upload, "ingest_bytes", scan)
    upload = brought(client)

    assert (upload.state, upload.attempts) == ("added", 1)
    assert DBTaskResult.objects.get(task_path=recognize_upload.module_path).queue_name == "recognition"


def test_an_upload_that_a_living_worker_has_is_not_queued_again(client):
    bring(client, ("a.txt", MINUTES))
    Upload.objects.update(state="reading")
    Worker.objects.create(id="quay", machine="quay", seen_at=timezone.now())
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["quay"])

    work()

    assert DBTaskResult.objects.filter(task_path=read_upload.module_path).count() == 1
    assert Upload.objects.get().state == "reading"


def test_a_reading_that_was_interrupted_is_taken_up_when_the_worker_starts(client):
    bring(client, ("a.txt", minutes_text().encode()), ("b.txt", minutes_text(2, 2, doc_number="").encode()))
    DBTaskResult.objects.all().delete()
    Upload.objects.filter(name="a.txt").update(state="reading", attempts=1, page=3, pages=9)

    work()

    assert list(Upload.objects.values_list("state", flat=True)) == ["added", "added"]


def test_an_upload_read_twice_is_one_record_and_says_that_it_was_taken_in(client):
    upload = brought(client)
    # As it is when the worker is killed between the record and the word about it.
    Upload.objects.update(state="reading", meeting=None, content=MINUTES)

    read_upload.call(upload.pk)

    upload.refresh_from_db()
    assert upload.state == "added"
    assert "读取中断过" in upload.message
    assert Meeting.objects.count() == 1
    assert read_upload.call(upload.pk) is None


def test_a_file_that_ends_its_worker_each_time_is_given_up(client):
    bring(client, ("a.txt", minutes_text().encode()))
    Upload.objects.update(state="reading", attempts=5)

    work()

    upload = Upload.objects.get()
    assert upload.state == "failed"
    assert "读取5次都没有读完" in upload.message
    assert upload.original == MINUTES


def test_what_is_published_is_indexed_before_the_files_that_wait(client):
    bring(client, *((f"{number}.txt", b"x") for number in range(3)))
    bring_index_up_to_date.enqueue()

    assert DBTaskResult.objects.ready().first().task_path == bring_index_up_to_date.module_path


@pytest.mark.slow
def test_the_list_asks_the_database_a_bounded_number_of_times(client, django_assert_max_num_queries):
    bring(client, *((f"{day}.txt", minutes_text(day, day, doc_number="").encode()) for day in range(1, 28)))
    work()

    with django_assert_max_num_queries(10):
        page = text_of(client.get(UPLOADS))

    assert "第 1 页，共 2 页" in page
    assert page.count('id="upload-') > 15


def test_only_what_waits_for_people_can_be_asked_for(client):
    bring(client, ("good.txt", minutes_text().encode()), ("bad.txt", b""))
    work()

    page = text_of(client.get(f"{UPLOADS}?left"))

    assert "bad.txt" in page
    assert "good.txt" not in page
    assert "1 份等人处理" in page


def test_each_file_of_a_zip_is_an_upload_with_its_own_result(client):
    files = {
        "第12次.txt": MINUTES,
        "bad.docx": b"not Word",
        "第13次.txt": minutes_text(13, 12, doc_number="〔2021〕8号").encode(),
        "inner.zip": zipped({"a.txt": b"x"}),
    }
    archive = zipped(files)
    bring(client, ("2021.zip", archive), source_url="https://www.yunchuan.example/hy/")
    work()

    upload = Upload.objects.get(name="2021.zip")
    assert upload.state == "unpacked"
    assert upload.original == archive
    members = upload.members.order_by("pk")
    assert [(member.name, member.state) for member in members] == [
        ("第12次.txt", "added"), ("bad.docx", "failed"), ("第13次.txt", "added"), ("inner.zip", "failed"),
    ]  # fmt: skip
    page = page_of(client, upload)
    assert "压缩包里有4份文件" in page
    assert "其中1份取不出来" in page
    assert all(name in page for name in files)
    assert "压缩包里的压缩包不再展开" in page_of(client, members[3])
    assert "再读一次" not in page_of(client, members[3])
    assert Meeting.objects.get(number=13).source.source_url == "https://www.yunchuan.example/hy/"


def test_a_zip_that_is_read_twice_is_unpacked_once(client):
    bring(client, ("2021.zip", zipped({"12.txt": MINUTES})))
    work()
    upload = Upload.objects.get(name="2021.zip")
    Upload.objects.filter(pk=upload.pk).update(state="waiting")

    read_upload.enqueue(upload.pk)
    work()

    assert upload.members.count() == 1


def test_the_same_zip_again_adds_nothing(client):
    for _ in range(2):
        bring(client, ("2021.zip", zipped({"12.txt": MINUTES})))
        work()

    assert Meeting.objects.count() == 1
    assert [upload.state for upload in Upload.objects.filter(name="12.txt").order_by("pk")] == ["added", "known"]


def test_pasted_rich_text_is_read_as_the_page_it_was(client):
    html = f"<meta charset='utf-8'><!--StartFragment-->{paragraphs()}<table><tr><td>甲</td></tr></table>"

    bring(client, text="会议纪要", html=html)
    work()

    upload = Upload.objects.get()
    assert upload.name == "粘贴的网页.html"
    assert Meeting.objects.get().number == 12
    assert Meeting.objects.get().source.format == "html"


def test_the_address_of_the_page_is_shown_as_source(client):
    bring(client, ("a.txt", MINUTES), source_url="https://www.yunchuan.example/hy/12.html")
    work()
    meeting = Meeting.objects.get()
    publish(meeting)

    assert 'href="https://www.yunchuan.example/hy/12.html"' in text_of(client.get(meeting.get_absolute_url()))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://a.example/x", "not an address"])
def test_an_address_that_is_none_is_refused(address, client):
    response = bring(client, ("a.txt", MINUTES), source_url=address)

    assert response.status_code == 400
    assert "来源网址不正确" in text_of(response)
    assert not Upload.objects.exists()
