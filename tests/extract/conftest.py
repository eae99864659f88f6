import pytest

from minutes.extraction.exceptions import UnreadableText
from minutes.extraction.extract import extract
from tests.records.conftest import Run


@pytest.fixture
def run():
    """Runs a management command as an operator does."""
    return Run


@pytest.fixture
def write(tmp_path):
    """Writes a file of the folder that is to be taken in."""

    def write_file(name, content):
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    return write_file


@pytest.fixture
def refusal():
    """The sentence with which a file is refused."""

    def sentence(name, content):
        with pytest.raises(UnreadableText) as refused:
            extract(name, content)
        return str(refused.value)

    return sentence
