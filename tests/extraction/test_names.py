"""Whatever a file is called: its name is kept and shown so that it can do no harm."""

import pytest
from django.core.management import call_command

from minutes.extraction.files import display_name
from minutes.ingest.ingest_file import IngestOptions, ingest_bytes
from minutes.models import SourceFile
from tests.minutes_text import minutes_text

NAMES = {
    "../../etc/passwd": "passwd",
    "..\\..\\纪要.txt": "纪要.txt",
    "/var/lib/纪要.txt": "纪要.txt",
    "纪要\0.txt": "纪要\ufffd.txt",
    "纪要\n第二行.txt": "纪要\ufffd第二行.txt",
    "\u202etxt.exe": "\ufffdtxt.exe",
    "纪\u200b要.txt": "纪\ufffd要.txt",
    "\x1b[31m红.txt": "\ufffd[31m红.txt",
    "半\udcff个.txt": "半\ufffd个.txt",
    "..": "\ufffd",
    "": "\ufffd",
    "纪要/": "纪要",
    "<script>alert(1)</script>.txt": "script>.txt",
}


@pytest.mark.parametrize("name", NAMES)
def test_names_are_made_harmless(name):
    assert display_name(name) == NAMES[name]


@pytest.mark.parametrize("name", ["长" * 300 + ".txt", "长" * 300, "." * 300, "a." + "b" * 300])
def test_long_names_are_cut_to_what_can_be_kept(name):
    shown = display_name(name)

    assert len(shown) == 255
    assert "…" in shown
    assert shown.endswith(".txt") or not name.endswith(".txt")


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*NAMES, "长" * 300 + ".txt"])
def test_a_file_of_any_name_is_taken_in_under_a_harmless_one(name):
    ending = "" if name.endswith((".txt", ".exe")) else ".txt"

    result = ingest_bytes(name + ending, minutes_text().encode(), IngestOptions())

    assert result.status == "added"
    assert SourceFile.objects.get().name == result.file == display_name(name + ending)
    SourceFile.objects.get().full_clean(exclude=["sha256"])


@pytest.mark.django_db
@pytest.mark.parametrize("copy", ["纪要 (1).txt", "纪要(1).txt", "纪要 - 副本.txt", "纪要-2.txt"])
def test_of_a_file_and_its_copy_in_a_folder_the_file_is_taken_in(tmp_path, copy):
    for name in (copy, "纪要.txt"):
        (tmp_path / name).write_text(minutes_text(), "utf-8")

    call_command("ingest", str(tmp_path), verbosity=0)

    assert SourceFile.objects.get().name == "纪要.txt"
