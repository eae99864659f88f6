"""The interface of engines in the benchmark."""

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
    """An index in a folder of its own that documents are added to."""

    name: str
    folder: Path

    def build(self, documents: Sequence[IndexDocument]) -> None:
        """Rebuild the index from these documents, ready for queries."""


class Contender(Builder, Protocol):
    """An index that can be queried as well."""

    def ask(self, question: Question) -> int:
        """Return the number of results; also read the first page and requested counts."""


class CutTexts:
    """Titles and texts segmented by jieba once, for all engines that need words."""

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
    """Return the departments named in an item, without mere attendance."""
    return sorted({department for department, role in document.organizations if role in ITEM_ROLES})


def bytes_in(folder: Path) -> int:
    """Return the size of an index on disk."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
