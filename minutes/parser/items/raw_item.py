"""An item as segmented, before its fields are parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from minutes.parser.items.markers import Marker
from minutes.parser.items.paragraphs import RawParagraph
from minutes.parser.items.titles import heading_and_rest, matter_of, short_heading_and_rest
from minutes.parser.source_text import Tracked
from minutes.parser.types import Field, Span

# 沈一舟汇报前期准备情况 · 听取县水务局的介绍 (what is reported; nothing after its number is ordered)
REPORTS = re.compile(r"汇报|介绍|通报|情况$")


@dataclass
class RawItem:
    """A segmented item: number, title (None if missing) and paragraphs."""

    marker: Marker | None
    title: Tracked | None = None
    title_derived: bool = False
    reporters: list[Tracked] = field(default_factory=list)
    paragraphs: list[RawParagraph] = field(default_factory=list)
    # The outcome that a later item states for this one too, and the span of those words.
    decided_with_others: tuple[Field[str], Span] | None = None

    def take_title_from_text(self) -> None:
        """Use the matter of the first sentence as title; remove it if it is a heading.

        In a table, the first row has the matter, the header does not.
        """
        first = next((each for each in self.paragraphs if not each.names_columns), self.paragraphs[0])
        if first.row:
            self.title, self.title_derived = first.row.matter, True
            return
        is_behind_the_number = self.marker is not None and not first.marker
        heading = heading_and_rest(first.text) or short_heading_and_rest(first.text) if is_behind_the_number else None
        if heading:
            self.title, first.text = heading
            first.is_a_point = True
        else:
            self.title, self.title_derived = matter_of(first.text), True
            first.is_a_point = self.marker is not None and not REPORTS.search(self.title.folded)
