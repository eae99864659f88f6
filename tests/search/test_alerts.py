"""Test alerts: double opt-in, daily digests, one-click unsubscribe."""

import datetime
import re
from importlib import import_module
from smtplib import SMTPRecipientsRefused

import pytest
from django.apps import apps
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from minutes.models import Organization
from minutes.workflow import restore, withdraw
from search.alerts import subscribe
from search.alerts.models import Alert
from search.alerts.subscribe import canonical_conditions, send_confirmation
from search.alerts.tasks import send_letters
from search.models import PendingIndexUpdate
from tests.kept import kept
from tests.pages.reading import read
from tests.search.conftest import bring_up_to_date, into

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]

READER = "reader@yunchuan.example"


def road(number):
    """Create the only item of a meeting."""
    return (f"研究第{number}条道路改造事宜", "会议听取了情况。")


@kept
def old_meeting(folder):
    """Create a meeting published before the alert."""
    meeting = into(folder)(1, road(1))
    bring_up_to_date()
    return meeting


@pytest.fixture
def form(client):
    """Asks for an alert, as the form does, while no worker runs."""
    return lambda conditions="?q=道路改造", email=READER: client.post(f"/search/alerts/{conditions}", {"email": email})


def run_confirmations():
    """Run the worker's tasks that send confirmations."""
    for waiting in DBTaskResult.objects.ready().filter(task_path=send_confirmation.module_path):
        waiting.delete()
        send_confirmation.call(*waiting.args_kwargs["args"])


@pytest.fixture
def ask(form):
    """Asks for an alert, and lets the worker send its letter."""

    def ask_and_work(*words, **more):
        answer = form(*words, **more)
        run_confirmations()
        return answer

    return ask_and_work


@pytest.fixture
def path_in():
    """Return the path of the page of this kind linked in a message."""

    def find(letter, kind):
        return re.search(rf"http://testserver(/search/alerts/{kind}/\S+/)", letter.body)[1]

    return find


@pytest.fixture
def confirmed(old_meeting, ask, client, path_in):
    """Create a confirmed alert, with an empty outbox."""
    ask()
    client.post(path_in(mail.outbox[0], "confirm"))
    mail.outbox.clear()
    return Alert.objects.get()


@pytest.fixture
def another_day(confirmed):
    """Lets the letters of today be yesterday's."""
    return lambda: Alert.objects.update(sent_on=None)


def send():
    call_command("send_alerts", verbosity=0)
    return mail.outbox


def test_nothing_is_sent_before_the_reader_has_confirmed(old_meeting, ask, take_in, index, client, path_in):
    ask()
    take_in(2, road(2))
    index()
    [letter] = send()
    assert letter.to == [READER]
    path = path_in(letter, "confirm")
    assert "确认订阅" in read(client.get(path)).text
    assert Alert.objects.get().confirmed_at is None  # a program that opens links confirms nothing
    assert "订阅已确认" in read(client.post(path)).text
    assert len(send()) == 1  # what was published before the confirmation is no news


def test_a_letter_holds_every_new_result_and_leads_to_it(confirmed, take_in, index, client):
    for number in range(2, 4):
        take_in(number, *[road(f"{number}{place}") for place in range(10)][:9], date=f"202{number}年5月6日")
    take_in(9, ("研究学校事宜", "会议听取了情况。"))
    index()
    [letter] = send()
    assert letter.subject == "“道路改造”有 18 条新结果 · 会议纪要档案"
    assert "第1条道路" not in letter.body
    assert "学校" not in letter.body
    links = re.findall(r"http://testserver(/meetings/\S+)", letter.body)
    assert len(links) == 18
    assert all(client.get(link).status_code == 200 for link in links)


def test_there_is_one_letter_a_day_and_nothing_is_told_twice(confirmed, take_in, index, another_day):
    take_in(2, road(2))
    index()
    assert len(send()) == 1
    take_in(3, road(3))
    index()
    assert len(send()) == 1
    another_day()
    _, second = send()
    assert "第3条道路" in second.body
    assert "第2条道路" not in second.body
    another_day()
    assert len(send()) == 2


def test_what_the_index_does_not_hold_yet_is_told_later(confirmed, take_in, index):
    take_in(2, road(2))
    assert PendingIndexUpdate.objects.count() == 1
    assert send() == []
    index()
    assert len(send()) == 1


def test_filters_belong_to_the_search(old_meeting, ask, client, path_in, take_in, index):
    ask("?q=道路改造&year=2020&year=2021")
    client.post(path_in(mail.outbox[0], "confirm"))
    take_in(2, road(2))
    take_in(3, road(3), date="2020年5月6日")
    index()
    assert [letter.subject for letter in send()[1:]] == ["“道路改造”有 1 条新结果 · 会议纪要档案"]


def tasks_of(unit):
    return f"?organization={Organization.objects.get(name=unit).pk}&role=tasked"


def test_a_unit_offers_an_alert_of_its_new_tasks(take_in, index, ask, client, path_in):
    order = ("研究供水保障事宜", "会议要求，市住建局要抓紧排查管网。市教育局要做好宣传。")
    take_in(1, order)
    index()
    unit = Organization.objects.get(name="市住建局")
    (address,) = read(client.get(unit.get_absolute_url())).links_saying("有新任务时写信告诉我")
    assert address == f"/search/alerts/{tasks_of('市住建局')}"
    assert "市住建局的新任务" in read(client.get(address)).text

    ask(tasks_of("市住建局"))
    client.post(path_in(mail.outbox.pop(), "confirm"))
    take_in(2, ("研究供气保障事宜", "会议要求，市住建局要抓紧更换阀门。市教育局要发放手册。"))
    take_in(3, ("研究校园安全事宜", "会议要求，市教育局要逐校检查。"))
    index()
    send()

    (letter,) = mail.outbox
    assert letter.subject == "“市住建局的新任务”有 1 条新结果 · 会议纪要档案"
    assert "市住建局要抓紧更换阀门" in letter.body
    assert "发放手册" not in letter.body
    assert "逐校检查" not in letter.body


def test_a_failing_mail_server_loses_nothing(confirmed, take_in, index, monkeypatch):
    take_in(2, road(2))
    index()
    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", lambda self: (_ for _ in ()).throw(OSError("refused")))
        with pytest.raises(CommandError, match="Not all were sent"):
            send()
    assert "第2条道路" in send()[0].body


def test_mail_programs_end_an_alert_by_one_click(confirmed, take_in, index):
    from django.test import Client

    take_in(2, road(2))
    index()
    [letter] = send()
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = letter.extra_headers["List-Unsubscribe"].removeprefix("<http://testserver").removesuffix(">")
    strict = Client(enforce_csrf_checks=True)
    assert "退订并删除邮箱" in read(strict.get(path)).text
    assert Alert.objects.count() == 1
    assert "已经退订" in read(strict.post(path, {"List-Unsubscribe": "One-Click"})).text
    assert Alert.objects.count() == 0
    assert "已经退订" in read(strict.post(path)).text


@pytest.mark.parametrize("kind", ["confirm", "end"])
def test_a_forged_address_does_nothing(confirmed, client, kind):
    Alert.objects.update(confirmed_at=None)
    client.post(f"/search/alerts/{kind}/{confirmed.pk}:forged/")
    other = subscribe.end_address(confirmed) if kind == "confirm" else subscribe.confirmation_address(confirmed)
    client.post(f"/search/alerts/{kind}/{other.rstrip('/').rsplit('/', 1)[1]}/")
    assert Alert.objects.get().confirmed_at is None


def test_nobody_learns_whether_an_address_is_known(confirmed, ask):
    known, unknown = ask(), ask(email="other@yunchuan.example")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url) == (302, "/search/alerts/asked/")
    assert known.content == unknown.content
    assert [letter.to for letter in mail.outbox] == [["other@yunchuan.example"]]


@pytest.mark.parametrize("address", ["new@yunchuan.example", READER, "flooded@yunchuan.example"])
def test_the_same_is_done_for_every_address(confirmed, form, address):
    Alert.objects.bulk_create(
        Alert(email="flooded@yunchuan.example", conditions=f"q={number}", confirmation_sent_at=timezone.now())
        for number in range(subscribe.LETTERS_A_DAY_TO_AN_ADDRESS)
    )

    with CaptureQueriesContext(connection) as asked:
        form(email=address)

    kinds = [
        query["sql"].split()[0] for query in asked if "search_alert" in query["sql"] or "django_tasks" in query["sql"]
    ]
    assert kinds == ["SELECT", "INSERT", "SELECT", "UPDATE", "INSERT"]
    assert mail.outbox == []


def refuse_recipients(letter):
    raise SMTPRecipientsRefused({letter.to[0]: (550, f"no such user {letter.to[0]}".encode())})


def test_after_an_error_of_the_mail_server_asking_again_sends_the_letter(old_meeting, form, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", refuse_recipients)
        form()
        with pytest.raises(OSError, match="SMTPRecipientsRefused"):
            run_confirmations()
    form()
    run_confirmations()

    assert [letter.to for letter in mail.outbox] == [[READER]]


def test_the_worker_tries_a_letter_again_that_the_mail_server_refused(old_meeting, form, monkeypatch, worker):
    form()
    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", refuse_recipients)
        worker()
    assert mail.outbox == []
    let_an_hour_pass()
    worker()

    assert [letter.to for letter in mail.outbox] == [[READER]]


def test_no_address_and_no_token_reaches_log_or_traceback(confirmed, ask, take_in, index, monkeypatch, caplog, worker):
    take_in(2, road(2))
    index()
    monkeypatch.setattr(EmailMessage, "send", refuse_recipients)
    with pytest.raises(CommandError):
        send()
    subscribe.ask_for_alert("other@yunchuan.example", QueryDict("q=学校"), "http://testserver")
    worker()

    kept = caplog.text + "".join(DBTaskResult.objects.values_list("traceback", flat=True))
    assert "SMTPRecipientsRefused" in kept
    assert "@yunchuan" not in kept
    assert "search/alerts/confirm" not in kept


def test_a_meeting_that_is_restored_is_news_again(confirmed, take_in, index, another_day):
    meeting = take_in(2, road(2))
    withdraw(meeting, "等待核对", None)
    index()
    assert send() == []
    meeting.refresh_from_db()
    restore(meeting, None)
    index()

    [letter] = send()
    assert "第2条道路" in letter.body


def test_where_no_mail_can_be_sent_none_is_promised(old_meeting, client, form, settings):
    settings.MAIL_IS_SENT = False

    assert "现在不发邮件" in client.get("/search/alerts/?q=道路").content.decode()
    assert "现在不发邮件" in form().content.decode()
    assert Alert.objects.count() == 0


def test_links_lead_to_the_canonical_address(old_meeting, ask, settings, client):
    settings.SITE_URL = "https://minutes.yunchuan.example"
    client.post("/search/alerts/?q=道路", {"email": READER}, headers={"host": "testserver:4443"})
    run_confirmations()

    assert "https://minutes.yunchuan.example/search/alerts/confirm/" in mail.outbox[0].body


def test_in_production_a_port_in_the_host_header_is_not_believed(old_meeting, settings, client):
    settings.IN_PRODUCTION = True
    client.post("/search/alerts/?q=道路", {"email": READER}, headers={"host": "testserver:4443"})

    assert Alert.objects.get().site == "https://testserver"


def test_nobody_is_flooded(old_meeting, ask):
    for place in range(subscribe.LETTERS_A_DAY_TO_AN_ADDRESS + 3):
        assert ask(f"?q=道路{place}").status_code == 302
        assert ask(f"?q=道路{place}", READER.upper()).status_code == 302
    assert len(mail.outbox) == subscribe.LETTERS_A_DAY_TO_AN_ADDRESS


def test_the_form_cannot_be_made_a_mail_cannon(old_meeting, ask, monkeypatch):
    monkeypatch.setattr(subscribe, "LETTERS_AN_HOUR", 2)
    answers = [ask(email=f"reader{place}@yunchuan.example") for place in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "请过一小时再试" in answers[2].content.decode()
    assert len(mail.outbox) == 2


def test_an_address_nobody_confirmed_is_not_kept(old_meeting, ask, monkeypatch):
    ask()
    call_command("send_alerts", verbosity=0)
    assert Alert.objects.count() == 1
    monkeypatch.setattr(subscribe, "UNCONFIRMED_FOR", subscribe.UNCONFIRMED_FOR * 0)
    call_command("send_alerts", verbosity=0)
    assert Alert.objects.count() == 0


@pytest.mark.parametrize(
    ("conditions", "email", "says"),
    [
        ("?q=改*", READER, "通配符"),
        ("?size=3", READER, "不认识的条件：size"),
        ("?q=道路&page=2", READER, "这里不能用条件 page"),
        ("?q=道路", "no address", "这不是电子邮箱"),
        ("?q=道路", "a@b.example\nBcc: c@d.example", "这不是电子邮箱"),
        ("?q=道路", f"a@{'例' * 60}.org", "这不是电子邮箱"),
        ("?q=道路", "", "请写下电子邮箱"),
    ],
)
def test_what_is_impossible_is_refused_with_a_sentence(ask, conditions, email, says):
    response = ask(conditions, email)
    assert response.status_code == 400
    assert says in response.content.decode()
    assert mail.outbox == []


def test_line_breaks_in_a_query_cannot_add_headers(old_meeting, ask, client, path_in, take_in, index):
    ask("?q=道路改造%0D%0ABcc: thief@yunchuan.example OR 道路")
    client.post(path_in(mail.outbox[0], "confirm"))
    take_in(2, road(2))
    index()
    letter = send()[-1]
    assert "\n" not in letter.subject
    assert letter.recipients() == [READER]


def test_without_an_index_the_command_says_what_to_do(confirmed, take_in, index_dir):
    import shutil

    take_in(2, road(2))
    PendingIndexUpdate.objects.all().delete()
    shutil.rmtree(index_dir)
    with pytest.raises(CommandError, match="run manage"):
        send()


def test_the_results_lead_to_the_form(old_meeting, client):
    page = read(client.get("/search/?q=道路改造&sort=newest"))
    [address] = page.links_saying("有新结果时写信告诉我")
    assert "sort" not in address
    assert "道路改造" in read(client.get(address)).text


@pytest.fixture
def worker():
    """Run what is due, like a worker that starts and ends."""
    return lambda: call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)


@pytest.fixture
def rounds():
    """Return the rounds of digests that are queued or done."""
    return lambda status: DBTaskResult.objects.filter(task_path=send_letters.module_path, status=status)


def let_an_hour_pass():
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


def test_the_worker_sends_by_itself_hour_after_hour(confirmed, take_in, index, worker, rounds, another_day):
    worker()
    assert mail.outbox == []
    for number in (2, 3):
        take_in(number, road(number))
        index()
        let_an_hour_pass()
        worker()
        another_day()

    assert ["第2条道路" in letter.body for letter in mail.outbox] == [True, False]
    assert [rounds(status).count() for status in ("READY", "SUCCESSFUL")] == [1, 2]


def test_one_round_waits_however_often_workers_start(db, worker, rounds):
    for _ in range(3):
        worker()

    assert rounds("READY").get().run_after > timezone.now() + datetime.timedelta(minutes=50)


def test_a_round_that_fails_is_not_the_last(confirmed, take_in, index, worker, rounds, monkeypatch):
    take_in(2, road(2))
    index()
    worker()
    let_an_hour_pass()
    with monkeypatch.context() as broken:
        broken.setattr("search.alerts.tasks.send_digests", lambda: 1 / 0)
        worker()
    assert (rounds("FAILED").count(), mail.outbox) == (1, [])

    let_an_hour_pass()
    worker()
    assert len(mail.outbox) == 1


def test_a_round_that_died_with_its_worker_is_run_again(confirmed, worker, rounds):
    worker()
    rounds("READY").update(status="RUNNING", worker_ids=["gone"])

    worker()

    assert [rounds(status).count() for status in ("READY", "RUNNING", "SUCCESSFUL")] == [1, 0, 1]


def test_an_alert_for_a_department_is_one_for_an_organization():
    """Alerts stored with the former parameter name equal new ones."""
    migration = import_module("search.migrations.0005_organization_in_alerts")
    alert = Alert.objects.create(email="reader@example.org", conditions="department=7&q=%E5%81%9C%E8%BD%A6&role=tasked")
    other = Alert.objects.create(email="reader@example.org", conditions="q=department%3D")

    migration.rename_department(apps, None)

    alert.refresh_from_db()
    other.refresh_from_db()
    assert alert.conditions == canonical_conditions(QueryDict("department=&organization=7&q=停车&role=tasked"))
    assert other.conditions == "q=department%3D"
