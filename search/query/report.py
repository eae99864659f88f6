"""What was recognized in a query or added to it, as shown to the reader."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from search.query.titles import MOST_ADDED


@dataclass(frozen=True, slots=True)
class Expansion:
    """An addition to a part of a query.

    Kinds: place, period, person, meeting: a condition recognized in the words; no_meetings: a period without any;
    role: what a unit in the query has to do with a matter; unit: other names; meant: the records that a name refers
    to; short_title: the short name of a document; synonym: official terms; choices: the alternatives within a term;
    cut: the parts of a compound that occurs nowhere; ignored: question words; vague, unmet: words that a result may
    lack, because they name no subject, or because nothing contains all of them.
    """

    kind: str
    typed: str
    added: tuple[str, ...]
    within: str = ""  # the term that contains the recognized part


@dataclass(slots=True)
class Report:
    """The expansions of a query, in the order in which they were made."""

    expansions: list[Expansion] = field(default_factory=list)

    def add(self, kind: str, typed: str, added: Collection[str] = (), within: str = "") -> None:
        """Add an expansion, with the first few of many additions."""
        self.expansions.append(Expansion(kind, typed, tuple(dict.fromkeys(added))[:MOST_ADDED], within))
