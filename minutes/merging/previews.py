"""Preview what an operation would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from minutes.merging.mergeable import Record, all_names, attendance_of, display_name, items_of, meetings_of
from minutes.merging.organizations import names_to_split
from minutes.models import Deadline, Document, Involvement, InvolvementRole, Meeting, Organization, Person
from minutes.parser.vocabulary.characters import canonical

MEETINGS_SHOWN = 10
NAMES_SHOWN = 12

SAME_ROLE = "在{count}项议题中两者角色相同，合并后每项每种角色只留一条。"
BOTH_CAME = "{count}次会议的出席名单同时列有两者，请先确认确是同一单位。"
TWO_PEOPLE = "{count}次会议的出席名单同时列有两者，多半是两个人，请先核对。"
OTHER_NAME = "两者姓名不同，请先核对确是同一个人。"
BOTH_NAMED = "{count}项议题同时提到两者，请先确认确是同一份文件。"


@dataclass(frozen=True, slots=True)
class MergeWarning:
    """Something to check before an operation, with the meetings concerned."""

    sentence: str
    meetings: list[Meeting]


@dataclass(frozen=True, slots=True)
class Extent:
    """How many rows name a record; None for kinds of rows that never do."""

    meetings_count: int
    meetings: list[Meeting]
    items: int | None
    deadlines: int | None
    attendance: int | None


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging one record into another would change."""

    record: Record
    other: Record
    names: list[str]  # added to those of the kept record
    extent: Extent
    people: list[str]  # of the merged organization
    people_count: int
    warnings: list[MergeWarning]


@dataclass(frozen=True, slots=True)
class SplitPreview:
    """The names that stay and those that move, with the number of items using each."""

    staying: list[tuple[str, int]]
    going: list[tuple[str, int]]
    extent: Extent


def newest(meetings: QuerySet[Meeting]) -> list[Meeting]:
    in_order = meetings.select_related("body").order_by(F("date").desc(nulls_last=True), "-pk")
    return list(in_order[:MEETINGS_SHOWN])


def extent_of(record: Record) -> Extent:
    """Count the meetings, items, deadlines and attendance entries that name a record."""
    meetings = meetings_of(record)
    items = None if isinstance(record, Person) else items_of(record)
    return Extent(
        meetings.count(),
        newest(meetings),
        None if items is None else items.count(),
        Deadline.objects.filter(item__in=items).count() if isinstance(record, Organization) else None,
        None if isinstance(record, Document) else attendance_of(record).count(),
    )


def preview_merge(record: Record, other: Record) -> MergePreview:
    """Preview the names, the extent and the warnings of a merge."""
    known = set(all_names(other))
    people = people_of(record)
    return MergePreview(
        record,
        other,
        [name for name in all_names(record) if name not in known],
        extent_of(record),
        [display_name(person) for person in people[:NAMES_SHOWN]],
        people.count(),
        merge_warnings(record, other),
    )


def people_of(record: Record) -> QuerySet[Person]:
    if not isinstance(record, Organization):
        return Person.objects.none()
    return Person.objects.filter(organization=record, merged_into=None, attendance__isnull=False).distinct()


def merge_warnings(record: Record, other: Record) -> list[MergeWarning]:
    """Warn where one meeting or item names both records."""
    warnings = []
    if isinstance(record, Organization):
        theirs = Involvement.objects.filter(organization=other, item__in=items_of(record))
        pairs = theirs.exclude(role=InvolvementRole.MENTIONED).filter(
            item__involvements__organization=record, item__involvements__role=F("role")
        )
        of_same_role = Meeting.objects.filter(pk__in=pairs.values("item__meeting"))
        warnings.append(merge_warning(SAME_ROLE, of_same_role, pairs.aggregate(n=Count("item", distinct=True))["n"]))
        warnings.append(merge_warning(BOTH_CAME, listing_both(record, other)))
    elif isinstance(record, Person):
        if record.name != other.name:
            warnings.append(MergeWarning(OTHER_NAME, []))
        warnings.append(merge_warning(TWO_PEOPLE, listing_both(record, other)))
    else:
        both = items_of(record) & items_of(other)
        warnings.append(merge_warning(BOTH_NAMED, Meeting.objects.filter(pk__in=both.values("meeting")), both.count()))
    return [each for each in warnings if each]


def listing_both(record: Organization | Person, other: Organization | Person) -> QuerySet[Meeting]:
    return Meeting.objects.filter(pk__in=attendance_of(record).values("meeting")).filter(
        pk__in=attendance_of(other).values("meeting")
    )


def merge_warning(sentence: str, meetings: QuerySet[Meeting], count: int | None = None) -> MergeWarning | None:
    count = meetings.count() if count is None else count
    return MergeWarning(sentence.format(count=count), newest(meetings)) if count else None


def items_by_name(organization: Organization) -> dict[str, int]:
    """Count the items by the name they use for the organization."""
    rows = Involvement.objects.filter(organization=organization).order_by().values_list("written")
    counts: Counter[str] = Counter()
    for written, count in rows.annotate(Count("item", distinct=True)):
        counts[canonical(written)] += count
    return counts


def names_with_items(organization: Organization) -> list[tuple[str, int]]:
    """Return every name of an organization with the number of items using it."""
    counts = items_by_name(organization)
    names = [organization.name, *organization.aliases.values_list("name", flat=True)]
    return [(name, counts.get(canonical(name), 0)) for name in dict.fromkeys(names)]


def preview_split(organization: Organization, chosen: Collection[str]) -> SplitPreview:
    """Preview which names stay and which move; raise `MergeRefused` if impossible."""
    going = names_to_split(organization, set(chosen))
    names = names_with_items(organization)
    return SplitPreview(
        [each for each in names if each[0] not in going],
        [each for each in names if each[0] in going],
        extent_of(organization),
    )
