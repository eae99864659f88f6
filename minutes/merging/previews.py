"""What an act would change, to be seen before it is done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from minutes.merging.mergeable import Record, all_names, attendance_of, called, items_of, meetings_of
from minutes.merging.units import names_to_part
from minutes.models import Deadline, Document, Involvement, InvolvementRole, Meeting, Organization, Person

MEETINGS_SHOWN = 10
NAMES_SHOWN = 12

SAME_ROLE = "在{count}项议题中两者角色相同，合并后每项每种角色只留一条。"
BOTH_CAME = "{count}次会议的出席名单同时列有两者，请先确认确是同一单位。"
TWO_PEOPLE = "{count}次会议的出席名单同时列有两者，多半是两个人，请先核对。"
OTHER_NAME = "两者姓名不同，请先核对确是同一个人。"
BOTH_NAMED = "{count}项议题同时提到两者，请先确认确是同一份文件。"


@dataclass(frozen=True, slots=True)
class Warned:
    """Something to look at before an act, with the meetings where it stands."""

    sentence: str
    meetings: list[Meeting]


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of the records names a record; None where its kind does not stand there."""

    meetings_count: int
    meetings: list[Meeting]
    items: int | None
    deadlines: int | None
    attendance: int | None


@dataclass(frozen=True, slots=True)
class PreviewOfJoin:
    """What joining one record into another would change."""

    record: Record
    other: Record
    names: list[str]  # that would lead to the kept record besides those it has
    extent: Extent
    people: list[str]  # of the joined unit, who become those of the kept one
    people_count: int
    warnings: list[Warned]


@dataclass(frozen=True, slots=True)
class PreviewOfPartedUnit:
    """Which names stay with a unit and which would go, with how many items write each."""

    staying: list[tuple[str, int]]
    going: list[tuple[str, int]]
    extent: Extent


def newest(meetings: QuerySet[Meeting]) -> list[Meeting]:
    in_order = meetings.select_related("body").order_by(F("date").desc(nulls_last=True), "-pk")
    return list(in_order[:MEETINGS_SHOWN])


def extent_of(record: Record) -> Extent:
    """How many meetings, items, deadlines and entries of attendance name a record."""
    meetings = meetings_of(record)
    items = None if isinstance(record, Person) else items_of(record)
    return Extent(
        meetings.count(),
        newest(meetings),
        None if items is None else items.count(),
        Deadline.objects.filter(item__in=items).count() if isinstance(record, Organization) else None,
        None if isinstance(record, Document) else attendance_of(record).count(),
    )


def preview_of_join(record: Record, other: Record) -> PreviewOfJoin:
    """What will be called what, how much changes, and what to look at first."""
    known = set(all_names(other))
    people = people_of(record)
    return PreviewOfJoin(
        record,
        other,
        [name for name in all_names(record) if name not in known],
        extent_of(record),
        [called(person) for person in people[:NAMES_SHOWN]],
        people.count(),
        warnings_of_join(record, other),
    )


def people_of(record: Record) -> QuerySet[Person]:
    if not isinstance(record, Organization):
        return Person.objects.none()
    return Person.objects.filter(organization=record, joined_into=None, attendance__isnull=False).distinct()


def warnings_of_join(record: Record, other: Record) -> list[Warned]:
    """Where both records stand side by side."""
    warnings = []
    if isinstance(record, Organization):
        theirs = Involvement.objects.filter(organization=other, item__in=items_of(record))
        pairs = theirs.exclude(role=InvolvementRole.MENTIONED).filter(
            item__involvements__organization=record, item__involvements__role=F("role")
        )
        of_same_role = Meeting.objects.filter(pk__in=pairs.values("item__meeting"))
        warnings.append(warned(SAME_ROLE, of_same_role, pairs.aggregate(n=Count("item", distinct=True))["n"]))
        warnings.append(warned(BOTH_CAME, listing_both(record, other)))
    elif isinstance(record, Person):
        if record.name != other.name:
            warnings.append(Warned(OTHER_NAME, []))
        warnings.append(warned(TWO_PEOPLE, listing_both(record, other)))
    else:
        both = items_of(record) & items_of(other)
        warnings.append(warned(BOTH_NAMED, Meeting.objects.filter(pk__in=both.values("meeting")), both.count()))
    return [each for each in warnings if each]


def listing_both(record: Organization | Person, other: Organization | Person) -> QuerySet[Meeting]:
    return Meeting.objects.filter(pk__in=attendance_of(record).values("meeting")).filter(
        pk__in=attendance_of(other).values("meeting")
    )


def warned(sentence: str, meetings: QuerySet[Meeting], count: int | None = None) -> Warned | None:
    count = meetings.count() if count is None else count
    return Warned(sentence.format(count=count), newest(meetings)) if count else None


def items_by_name(unit: Organization) -> dict[str, int]:
    """In how many items each way of writing a unit stands."""
    rows = Involvement.objects.filter(organization=unit).order_by().values_list("written")
    return dict(rows.annotate(Count("item", distinct=True)))


def names_with_items(unit: Organization) -> list[tuple[str, int]]:
    """Every name that can be parted from a unit, with how many items write it so."""
    counts = items_by_name(unit)
    names = [unit.name, *unit.aliases.values_list("name", flat=True)]
    return [(name, counts.get(name, 0)) for name in dict.fromkeys(names)]


def preview_of_parted_unit(unit: Organization, chosen: Collection[str]) -> PreviewOfPartedUnit:
    """Which names stay and which go; `JoinRefused` when these cannot go."""
    going = names_to_part(unit, set(chosen))
    names = names_with_items(unit)
    return PreviewOfPartedUnit(
        [each for each in names if each[0] not in going],
        [each for each in names if each[0] in going],
        extent_of(unit),
    )
