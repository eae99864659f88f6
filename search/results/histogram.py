"""Years as a bar chart of links; two clicks choose a range."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from search.pages.querystring import Choice, with_all, with_each, without, without_value

SHOWN_AT_FIRST = 15


@dataclass(frozen=True, slots=True)
class YearBar:
    """A year of the chart.

    With its bar (of 100), its link, and a link to the range to the chosen years.
    """

    choice: Choice
    length: int
    through: Choice | None


@dataclass(frozen=True, slots=True)
class Histogram:
    """The years of a search, latest first; many years are collapsed."""

    bars: tuple[YearBar, ...]
    rest: tuple[YearBar, ...]

    @property
    def offers_a_choice(self) -> bool:
        """Return whether there is a year to choose or to remove."""
        return len(self.bars) > 1 or any(bar.choice.selected for bar in self.bars)

    @property
    def rest_is_chosen(self) -> bool:
        """Return whether a chosen year is collapsed."""
        return any(bar.choice.selected for bar in self.rest)


def build_histogram(counts: Mapping[int, int], chosen: Collection[int], params: QueryDict) -> Histogram:
    """Return the years with results, and chosen ones."""
    years = sorted(counts.keys() | set(chosen), reverse=True)
    longest = max(counts.values(), default=1)
    addresses = with_each(without(params), "year", years)
    bars = tuple(
        YearBar(
            Choice(
                f"{year}年",
                without_value(params, "year", year) if year in chosen else addresses[year],
                counts.get(year, 0),
                year in chosen,
            ),
            # Every year with results has a visible bar.
            max(1, round(100 * counts.get(year, 0) / longest)) if counts.get(year) else 0,
            _through(year, chosen, params),
        )
        for year in years
    )
    return Histogram(bars[:SHOWN_AT_FIRST], bars[SHOWN_AT_FIRST:])


def _ranges(years: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last year of every consecutive range, in order."""
    remaining = sorted(years)
    while remaining:
        first = last = remaining.pop(0)
        while remaining and remaining[0] == last + 1:
            last = remaining.pop(0)
        yield first, last


def ranges_in_use(years: Collection[int], params: QueryDict) -> list[Choice]:
    """Return the consecutive ranges as text, each with a URL to remove it."""
    return [
        Choice(
            f"{first}年" if first == last else f"{first}至{last}年",
            with_all(params, "year", [year for year in sorted(years) if not first <= year <= last]),
        )
        for first, last in _ranges(years)
    ]


def _through(year: int, chosen: Collection[int], params: QueryDict) -> Choice | None:
    """Return the range from this year to the nearest chosen one, if any in between."""
    if not chosen or min(chosen) <= year <= max(chosen):
        return None
    first, last = min(year, *chosen), max(year, *chosen)
    if set(range(first, last + 1)) <= {*chosen, year}:
        return None
    return Choice(f"{first}至{last}年", with_all(params, "year", range(first, last + 1)))
