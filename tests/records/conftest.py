import io

import pytest
from django.core.management import CommandError, call_command


class Run:
    """What a command printed and how it ended."""

    def __init__(self, *words: object) -> None:
        out, err = io.StringIO(), io.StringIO()
        self.failure = ""
        try:
            call_command(*map(str, words), stdout=out, stderr=err)
        except CommandError as error:
            self.failure = str(error)
        self.out, self.err = out.getvalue(), err.getvalue()
        self.lines = self.out.splitlines()


@pytest.fixture
def run():
    """Runs a management command as an operator does."""
    return Run


@pytest.fixture
def write(tmp_path):
    """Writes a file of the folder that is to be taken in."""

    def write_file(name: str, content: str | bytes):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file
