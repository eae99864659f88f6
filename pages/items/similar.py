"""Items of other meetings with a similar title, labelled as a guess.

Sharing units makes similarity more likely. Only for items without documents, which have a timeline.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from functools import reduce
from itertools import starmap
from operator import or_
from typing import NamedTuple

from django.db.models import F, Q, QuerySet
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from minutes.models import AgendaItem, Involvement, InvolvementRole
from minutes.models.meetings import with_meeting_summary
from minutes.models.prepared import prepared

# Stock words of titles: 研究…事宜, 听取关于…情况的汇报, 2019年第三季度.
# 听取关于2019年第三季度全市防汛工作情况的汇报
STOCK = re.compile(
    r"研究|审议|听取|讨论|传达|学习|部署|通报|原则|通过|关于|有关|进一步|做好|开展|推进|加强|全市|全县|全区|我市|我县|我区"
    r"|工作|情况|汇报|报告|事宜|事项|问题|议题|相关|形势|会议|精神|意见|方案|建议"
    r"|[0-9〇零一二三四五六七八九十]+(?:年度?|月份?|季度|次|项|个|期|号)|第|[上下]半年|年度|季度|今年|明年|下一?步|一步"
    r"|[^\w]|[的和及与等]"
)
# Required similarity of titles; 1 is the same wording except for stock words.
ALIKE, ALIKE_WITH_A_COMMON_UNIT = 0.65, 0.45
SHORTEST = 3
# Maximum number of titles compared, and of items shown in each direction.
MOST_PAIRS, MOST_COMPARED, MOST_SHOWN = 12, 400, 3
TELLING_ROLES = (InvolvementRole.LEAD, InvolvementRole.REPORTING, InvolvementRole.SUPPORTING)


@dataclass(frozen=True, slots=True)
class SimilarItems:
    """Earlier and later items, each the closest in time first."""

    earlier: list[AgendaItem] = field(default_factory=list)
    later: list[AgendaItem] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.earlier or self.later)


class Candidate(NamedTuple):
    """Fields that similarity needs: hundreds of items are compared, and few are shown."""

    pk: int
    title: str
    meeting: int
    date: datetime.date


def similar_items(item: AgendaItem, units: set[int]) -> SimilarItems:
    """Return similar published items of the same body.

    `units` are those with a role in the item. Takes three queries at most. For an item of an undated meeting, there is
    no earlier and later.
    """
    place = item.meeting.body.place
    matter = matter_of(item.title, place)
    day = item.meeting.date
    if not day or len(matter) < SHORTEST:
        return SimilarItems()
    candidates = candidates_for(item, matter)
    pairs = pairs_of(matter)
    likeness = {each: bigram_similarity(pairs, pairs_of(matter_of(each.title, place))) for each in candidates}
    near = [each for each, share in likeness.items() if share >= ALIKE_WITH_A_COMMON_UNIT]
    if not near:
        return SimilarItems()
    shared = set(_naming([each.pk for each in near], units))
    return around(item, day, [each for each in near if likeness[each] >= ALIKE or each.pk in shared])


def around(item: AgendaItem, day: datetime.date, kept: list[Candidate]) -> SimilarItems:
    order = sorted(kept, key=lambda each: (abs((each.date - day).days), each.pk))
    place = (day, item.meeting_id)
    earlier = [each.pk for each in order if (each.date, each.meeting) < place][:MOST_SHOWN]
    later = [each.pk for each in order if (each.date, each.meeting) > place][:MOST_SHOWN]
    shown = {item.pk: item for item in _shown([*earlier, *later])}
    # One may be gone or withdrawn since it was compared.
    return SimilarItems(*([shown[pk] for pk in side if pk in shown] for side in (earlier, later)))


def candidates_for(item: AgendaItem, matter: str) -> list[Candidate]:
    """Return items of the same body that share a bigram, the latest first."""
    pairs = sorted(pairs_of(matter))
    step = max(1, len(pairs) // MOST_PAIRS)
    return list(starmap(Candidate, _candidates(item.meeting.body_id, item.meeting_id, *pairs[::step][:MOST_PAIRS])))


@prepared
def _candidates(body: int, meeting: int, *pairs: str) -> QuerySet:
    shared = reduce(or_, (Q(GreaterThan(StrIndex("title", pair), 0)) for pair in pairs))
    of_body = AgendaItem.objects.published_each().filter(meeting__body=body, meeting__date__isnull=False)
    others = of_body.filter(~Q(meeting=meeting), shared).order_by(F("meeting__date").desc(), "pk")
    return others.values_list("pk", "title", "meeting", "meeting__date")[:MOST_COMPARED]


@prepared
def _shown(pks: list[int]) -> QuerySet[AgendaItem]:
    return with_meeting_summary(AgendaItem.objects.published_each()).filter(pk__in=pks).order_by()


@prepared
def _naming(items: list[int], units: set[int]) -> QuerySet:
    """Find the ids of the items that name one of these units with a role."""
    named = Involvement.objects.filter(item__in=items, organization__in=units, role__in=TELLING_ROLES)
    return named.order_by().values_list("item", flat=True)


def matter_of(title: str, place: str) -> str:
    """Return the subject of a title: 防汛 of 听取关于云川市防汛工作情况的汇报."""
    return STOCK.sub("", title.replace(place, ""))


def pairs_of(text: str) -> set[str]:
    return {text[start : start + 2] for start in range(len(text) - 1)}


def bigram_similarity(ours: set[str], theirs: set[str]) -> float:
    """Return the Dice coefficient of bigrams: 0 for none in common, 1 for all."""
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else 0.0
