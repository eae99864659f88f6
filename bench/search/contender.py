"""What every way of searching must be, to be measured beside the others."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from bench.relevance.plain import words
from bench.search.questions import Question
from search.index.documents import DocId, IndexDocument
from search.index.facet_fields import ITEM_ROLES

PAGE = 20


class Builder(Protocol):
    """An index in a folder of its own, that documents are put into."""

    name: str
    folder: Path

    def build(self, documents: Sequence[IndexDocument]) -> None:
        """Make the index anew of these documents, ready to be asked."""


class Contender(Builder, Protocol):
    """An index that questions are put to as well."""

    def ask(self, question: Question) -> int:
        """How many documents answer; the first page of their keys, and what else is wanted, is read as well."""


class CutTexts:
    """Title and text of documents, cut into words by jieba once for all contenders that want words."""

    def __init__(self, documents: Sequence[IndexDocument]) -> None:
        began, worked = time.perf_counter(), time.process_time()
        self._cut: dict[DocId, tuple[str, str]] = {
            each.key: (" ".join(words(each.title)), " ".join(words("\n".join(each.texts)))) for each in documents
        }
        self.seconds, self.processor_seconds = time.perf_counter() - began, time.process_time() - worked

    def of(self, document: IndexDocument) -> tuple[str, str]:
        """Return the words of its title and of its text, separated by spaces."""
        return self._cut[document.key]


def departments_in(document: IndexDocument) -> list[int]:
    """Return the departments named in an item; those that merely attended its meeting are not filtered by here."""
    return sorted({department for department, role in document.departments if role in ITEM_ROLES})


def bytes_in(folder: Path) -> int:
    """How much room an index takes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
