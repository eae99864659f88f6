"""Kinds of conditions: years, numbers, dates, and records by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from minutes.fold import fold, stored_form
from minutes.models import AgendaItem, Body, Document, DocumentReference, Meeting, Organization, Person
from minutes.models.merging import Mergeable
from minutes.parser.vocabulary.characters import canonical
from minutes.parser.vocabulary.numerals import as_number

LONGEST_NAME = 300
GREATEST_NUMBER = 2_147_483_647
GREATEST_ID_LENGTH = 18
YEAR_LENGTH = 4
LONGEST_NUMERAL = 9  # 一千二百三十四
YEAR_UNKNOWN = "unknown"
NAMES_TO_SUGGEST = 5
NAMES_OF_UNIT = ("name", "full_name", "aliases__name")
NO_SUCH_NAME = "no_such_name"

# 2019-05-06 · 2019/5/6 · 2019.5.6 · 2019年5月6日
DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
NOT_A_YEAR = f"这不是年份：请写四位数字，如 2019；日期不详的写 {YEAR_UNKNOWN}。"
NOT_A_NUMBER = f"这不是次数：请写 0 到 {GREATEST_NUMBER} 之间的整数。"
ALL = "全部"


class YearField(forms.RegexField):
    """A year of four digits, or the word for unknown dates."""

    # 2019
    pattern = rf"[1-9][0-9]{{3}}|{YEAR_UNKNOWN}"

    def __init__(self, **options: Any) -> None:
        super().__init__(rf"^(?:{self.pattern})\Z", error_messages={"invalid": NOT_A_YEAR}, **options)

    def to_python(self, value: Any) -> str:
        """Return the year of 2019年 or 二〇一九年 in digits."""
        year: str = super().to_python(value).removesuffix("年")
        number = None if year.isascii() or len(year) != YEAR_LENGTH else as_number(year)
        return year if number is None else str(number)


class YearFilter(django_filters.Filter):
    """Filter records by the year of the date in `field_name`."""

    field_class = YearField

    def filter(self, records: QuerySet, value: str) -> QuerySet:
        if not value:
            return records
        if value == YEAR_UNKNOWN:
            return records.filter(**{f"{self.field_name}__isnull": True})
        return records.filter(**{f"{self.field_name}__year": int(value)})


class NumberField(forms.IntegerField):
    def __init__(self, **options: Any) -> None:
        messages = dict.fromkeys(("invalid", "min_value", "max_value"), NOT_A_NUMBER)
        super().__init__(min_value=0, max_value=GREATEST_NUMBER, error_messages=messages, **options)

    def to_python(self, value: Any) -> int | None:
        """Return the number, also of 第95次 or 九十五."""
        written = str(value or "").strip().removeprefix("第").removesuffix("次")
        number = None if written.isascii() or len(written) > LONGEST_NUMERAL else as_number(written)
        return super().to_python(written if number is None else number)


class NumberFilter(django_filters.Filter):
    field_class = NumberField


class NamedField(forms.CharField):
    """A record by id or by any of its names; cleans to the ids of all matches.

    `known` returns the published records: an unpublished one is as unknown as one that does not exist.
    """

    def __init__(
        self, *, known: Callable[[], QuerySet], names: tuple[str, ...] = (), brackets: str = "", **options: Any
    ) -> None:
        super().__init__(max_length=LONGEST_NAME, **options)
        self.known = known
        self.names = names
        self.brackets = brackets

    def clean(self, value: Any) -> list[int]:
        written = super().clean(value).strip(self.brackets or None)
        if not written:
            return []
        found = self._called(written, self.known())
        if ids := list(found.values_list("pk", flat=True).order_by("pk").distinct()) or self._kept(written):
            return ids
        raise no_such_name("档案里没有“%(written)s”。", written, self._similar(written), self._otherwise)

    def in_words(self, written: str) -> str:
        """Return the name of the record with this id if it is unambiguous, else the input."""
        if not (self.names and written.isascii() and written.isdigit() and len(written) <= GREATEST_ID_LENGTH):
            return written
        record = self.known().filter(pk=int(written)).first()
        name = getattr(record, self.names[0]) if record else ""
        return name if name and self.clean(name) == [record.pk] else written

    def _called(self, written: str, records: QuerySet) -> QuerySet:
        if written.isascii() and written.isdigit():
            return records.filter(pk=int(written)) if len(written) <= GREATEST_ID_LENGTH else records.none()
        same = Q()
        for name in self.names:
            same |= Q(**{f"{name}__in": (written, canonical(written))})
        return records.filter(same) if same else records.none()

    def _kept(self, written: str) -> list[int]:
        """Return the ids of records that those with this name or id were merged into."""
        model = self.known().model
        if not issubclass(model, Mergeable):
            return []
        joined = self._called(written, model.objects.exclude(merged_into=None).select_related("merged_into"))
        kept = self.known().filter(pk__in={each.kept.pk for each in joined})
        return list(kept.values_list("pk", flat=True).order_by("pk"))

    def _similar(self, written: str) -> QuerySet | list[str]:
        """Return the names of records of which some name contains the input."""
        if not self.names:
            return []
        shown = self.names[0]
        similar = self.known().filter(containing(self.names, written)).order_by(shown)
        return similar.values_list(shown, flat=True).distinct()

    @property
    def _otherwise(self) -> str:
        return "请写编号，或写档案所用的全名。" if self.names else "请写编号。"


def no_such_name(said: str, written: str, similar: Sequence[str] | QuerySet, otherwise: str) -> ValidationError:
    """Return the error for an unknown name, suggesting names that contain it."""
    names = list(similar[:NAMES_TO_SUGGEST])
    hint = "是否指：%(suggested)s？" if names else otherwise
    params = {"written": written, "suggested": "、".join(names), "names": names}
    return ValidationError(f"{said}{hint}", code=NO_SUCH_NAME, params=params)


class NamedFilter(django_filters.Filter):
    """Filter records that belong to a named record."""

    field_class = NamedField

    def filter(self, records: QuerySet, value: list[int]) -> QuerySet:
        return records.filter(**{f"{self.field_name}__in": value}) if value else records


class StageField(forms.CharField):
    """A stage of documents in published minutes: 草案, 修订稿."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST_NAME, **options)

    def clean(self, value: Any) -> str:
        stage = super().clean(value)
        if stage and stage not in (known := stages_on_record()):
            said = f"档案里没有叫“{stage}”的稿次。{'有：' if known else ''}{'、'.join(known)}"
            raise ValidationError(said.rstrip("。") + "。", code="no_such_stage")
        return stage


class StageFilter(django_filters.Filter):
    field_class = StageField


def stages_on_record() -> list[str]:
    """Return every stage of a document that appears in published minutes."""
    stages = DocumentReference.objects.published().exclude(stage="").order_by("stage")
    return list(stages.values_list("stage", flat=True).distinct())


class DayFilter(django_filters.DateFilter):
    """Filter by a day in any of the ways to write it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, input_formats=DATE_FORMATS, **options)


def date_after(field_name: str) -> DayFilter:
    return DayFilter(field_name, "gte", label="起始日期", help_text="这一天或以后。")


def date_before(field_name: str) -> DayFilter:
    return DayFilter(field_name, "lte", label="结束日期", help_text="这一天或以前。")


def year(field_name: str) -> YearFilter:
    return YearFilter(field_name, label="年份", help_text=f"四位数字；日期不详的写 {YEAR_UNKNOWN}。")


def choice(field_name: str, label: str, choices: Any, **options: Any) -> django_filters.ChoiceFilter:
    offered = "、".join(f"{value}（{named}）" for value, named in choices.choices)
    return django_filters.ChoiceFilter(
        field_name=field_name,
        label=label,
        choices=choices.choices,
        empty_label=ALL,
        error_messages={"invalid_choice": f"“%(value)s”不在可选的值中：{offered}。"},
        **options,
    )


def containing(fields: Iterable[str], written: str) -> Q:
    """Return the condition that some field contains each word of the input, in whatever characters it is typed."""
    condition = Q()
    for word in written.split():
        bare = word.strip('《》“”"') or word
        ways = {bare, canonical(bare), stored_form(fold(bare))}
        condition &= Q.create([(f"{field}__icontains", way) for field in fields for way in ways], connector=Q.OR)
    return condition


class ContainsFilter(django_filters.CharFilter):
    """Filter records whose text contains the words of the input, in one of its fields."""

    def __init__(self, *field_names: str, **options: Any) -> None:
        super().__init__(field_names[0], **options)
        self.field_names = field_names

    def filter(self, records: QuerySet, value: str) -> QuerySet:
        return records.filter(containing(self.field_names, value)) if value else records


def contains(*field_names: str, label: str) -> ContainsFilter:
    return ContainsFilter(*field_names, label=label, help_text="其中含有的文字。", max_length=LONGEST_NAME)


def body(field_name: str) -> NamedFilter:
    help_text = "编号或名称，如 云川市人民政府。"
    return NamedFilter(field_name, label="会议主体", help_text=help_text, known=Body.objects.published, names=("name",))


def meeting(field_name: str) -> NamedFilter:
    return NamedFilter(field_name, label="会议", help_text="会议的编号。", known=Meeting.objects.published)


def item(field_name: str) -> NamedFilter:
    return NamedFilter(field_name, label="议题", help_text="议题的编号。", known=AgendaItem.objects.published)


def organization(label: str = "单位", field_name: str = "organization") -> NamedFilter:
    return NamedFilter(
        field_name,
        label=label,
        help_text="编号或名称，全称、简称、曾用名都可以，如 市住建局。",
        known=Organization.objects.published,
        names=NAMES_OF_UNIT,
    )


def document(field_name: str, **options: Any) -> NamedFilter:
    return NamedFilter(
        field_name,
        label="文件",
        help_text="编号或标题，有无书名号均可。",
        known=Document.objects.published,
        names=("title",),
        brackets="《》 ",
        **options,
    )


def person(field_name: str) -> NamedFilter:
    help_text = "编号或姓名；同名而单位不同的，都算在内。"
    return NamedFilter(field_name, label="人员", help_text=help_text, known=Person.objects.published, names=("name",))
