import pytest

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.read_file import read_file
from minutes.extraction.sandbox.supervisor import read_in_sandbox


@pytest.fixture(autouse=True)
def read_anew(monkeypatch):
    """Read each file in the sandbox, also one that was read before."""
    monkeypatch.setattr("minutes.extraction.read_file.read_in_sandbox", read_in_sandbox)


@pytest.fixture
def write(tmp_path):
    """Write a file of the folder that is to be ingested; beside it there is room for others."""

    def write_file(name, content):
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


@pytest.fixture
def refusal():
    """Return the message with which a file is rejected."""

    def sentence(name, content):
        with pytest.raises(UnreadableText) as refused:
            read_file(name, content)
        return str(refused.value)

    return sentence
