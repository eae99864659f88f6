"""The rows and folded texts of documents in one folder, written once and never changed.

A generation has up to two segments: `base`, shared by hard links from one generation to the next, and `delta`, the
documents written since. So an update takes time in proportion to what changes, not to the whole index.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import numpy as np

from search.index.documents import TEXT_FIELDS, IndexDocument
from search.index.engines.whoosh.columns import Numbers
from search.index.engines.whoosh.rows import Rows, RowsBuilder, meetings_in
from search.index.engines.whoosh.store import share_folder
from search.index.engines.whoosh.texts import FieldText, TextFile, TextFileWriter
from search.index.engines.whoosh.words import WordIndexWriter
from search.index.ranking import words_by_field

# The base is written anew when the rows of the delta and the removed ones exceed this many, and this share of it.
_MOST_IN_DELTA = 1_000
_SHARE_IN_DELTA = 1 / 16


class Segment:
    """The documents of one folder, open for reading."""

    def __init__(self, folder: Path) -> None:
        self.rows = Rows.load(folder)
        self.texts = {field: TextFile(folder / f"{field}.bin", field, self.rows) for field in TEXT_FIELDS}


class SegmentWriter:
    """Write documents to a new folder: first those copied from other segments, then new ones."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._texts = {field: TextFileWriter(folder / f"{field}.bin") for field in TEXT_FIELDS}
        self._copied = RowsBuilder().rows()
        self._added = RowsBuilder()

    def copy(self, segment: Segment, removed: Collection[int]) -> None:
        """Copy all documents of a segment except those of the removed meetings.

        Their texts are copied in runs, since they are stored in the order of the rows.
        """
        outside = segment.rows.outside(removed)
        kept, remaining = segment.rows.only(outside), np.flatnonzero(outside)
        runs = np.split(np.arange(len(remaining)), np.flatnonzero(np.diff(remaining) > 1) + 1) if len(remaining) else []
        for field, text in self._texts.items():
            starts, ends = kept[f"{field}_start"], kept[f"{field}_end"]
            for run in runs:
                start, _ = text.add_bytes(segment.texts[field].bytes_between(starts[run[0]], ends[run[-1]]))
                moved_by = start - starts[run[0]]
                starts[run] += moved_by
                ends[run] += moved_by
        self._copied = self._copied.followed_by(kept)

    def add(self, document: IndexDocument, folded: Mapping[str, str], words: Mapping[str, Counter[str]]) -> None:
        """Write a new document, given its folded texts and how often each word occurs in its fields."""
        places = {field: text.add(folded[field]) for field, text in self._texts.items()}
        self._added.add(document, places, {field: found.total() for field, found in words.items()})

    def save(self) -> int:
        """Write the rows and return how many documents are new."""
        self.close()
        added = self._added.rows()
        self._copied.followed_by(added).save(self._folder)
        return len(added)

    def close(self) -> None:
        """Close the files of the texts."""
        for text in self._texts.values():
            text.close()


class SegmentFolder:
    """The segments of a generation, by the names of their files."""

    def __init__(self, folder: Path) -> None:
        self.base = folder / "base"
        self.delta = folder / "delta"
        self.words = folder / "words"
        self._removed = folder / "removed.npy"

    def removed(self) -> Numbers:
        """Return the meetings whose documents in the base are no longer valid."""
        found: Numbers = np.load(self._removed) if self._removed.exists() else np.array([], dtype=np.int64)
        return found

    def counts(self) -> tuple[int, int]:
        """Return how many documents and how many meetings the segments contain."""
        meetings = meetings_in(self.base)
        meetings = meetings[~np.isin(meetings, self.removed())]
        if self.delta.exists():
            meetings = np.concatenate([meetings, meetings_in(self.delta)])
        return len(meetings), len(np.unique(meetings))

    def open(self) -> tuple[Rows, dict[str, FieldText]]:
        """Return the rows of all segments and the texts of each field, without what was removed."""
        segments = [Segment(path) for path in (self.base, self.delta) if path.exists()]
        base = segments[0].rows
        outside = base.outside(self.removed().tolist())
        kept = [np.flatnonzero(outside)]
        rows = base if outside.all() else base.only(outside)
        for segment in segments[1:]:
            kept.append(np.arange(len(segment.rows)))
            rows = rows.followed_by(segment.rows)
        return rows, {field: FieldText([each.texts[field] for each in segments], kept) for field in TEXT_FIELDS}

    def write_all(self, documents: Iterable[IndexDocument]) -> int:
        """Write a base of these documents and return how many there are."""
        return _write(SegmentWriter(self.base), self.words, (), documents)

    def write_update(self, before: SegmentFolder, replaced: Collection[int], documents: Iterable[IndexDocument]) -> int:
        """Write the segments `before`, less the replaced meetings, plus these documents; return the number of these."""
        delta = SegmentWriter(self.delta)
        if before.delta.exists():
            delta.copy(Segment(before.delta), replaced)
        share_folder(before.words, self.words)
        added = _write(delta, self.words, replaced, documents)
        removed = np.union1d(before.removed(), np.array(list(replaced), dtype=np.int64))
        if self._delta_is_large(before.base, removed):
            self._write_base(before.base, removed)
        else:
            share_folder(before.base, self.base)
            np.save(self._removed, removed)
        return added

    def _delta_is_large(self, base: Path, removed: Numbers) -> bool:
        of_base = meetings_in(base)
        written = len(meetings_in(self.delta)) + np.count_nonzero(np.isin(of_base, removed))
        return bool(written > max(_MOST_IN_DELTA, _SHARE_IN_DELTA * len(of_base)))

    def _write_base(self, base: Path, removed: Numbers) -> None:
        """Merge the delta into a new base."""
        writer = SegmentWriter(self.base)
        writer.copy(Segment(base), removed.tolist())
        writer.copy(Segment(self.delta), ())
        writer.save()
        shutil.rmtree(self.delta)


def _write(
    segment: SegmentWriter, words_folder: Path, replaced: Collection[int], documents: Iterable[IndexDocument]
) -> int:
    """Write documents to a segment and their words to the Whoosh index; on any error the index stays as it was."""
    words = WordIndexWriter(words_folder)
    try:
        words.remove(replaced)
        for document in documents:
            folded = document.folded_texts()
            its_words = words_by_field(document, folded)
            segment.add(document, folded, its_words)
            words.add(document, its_words)
    except BaseException:
        words.cancel()
        segment.close()
        raise
    words.commit()
    return segment.save()
