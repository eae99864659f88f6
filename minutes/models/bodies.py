"""Bodies, their organizations with all names, and people."""

from typing import Any

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from minutes.addresses import address
from minutes.divisions.register import place_of_body
from minutes.models.divisions import Division
from minutes.models.merging import Mergeable
from minutes.models.published import BodyQuerySet, OrganizationQuerySet, PersonQuerySet
from minutes.pinyin import sound_of_name


class Body(models.Model):
    """A government that holds meetings: 云川市人民政府."""

    name = models.CharField("名称", max_length=120, unique=True)
    division = models.ForeignKey(
        Division, models.SET_NULL, null=True, blank=True, related_name="bodies", verbose_name="行政区划"
    )

    objects = BodyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "会议主体"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("body", self.pk)

    @property
    def place(self) -> str:
        """Return the place that it governs: 云川市 for 云川市人民政府."""
        return place_of_body(self.name)


class Organization(Mergeable):
    """An organization as the minutes of one body name it: 市住建局 of 云川市人民政府."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="organizations", verbose_name="会议主体")
    name = models.CharField("名称", max_length=120)
    full_name = models.CharField("全称", max_length=120, blank=True)

    objects = OrganizationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["body", "name"], name="organization_name_once_per_body")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("organization", self.pk)


class OrganizationAlias(models.Model):
    """Another name of an organization in minutes: full, short or former."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="organization_aliases", verbose_name="会议主体")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="aliases", verbose_name="单位")
    name = models.CharField("别名", max_length=120)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "单位别名"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["body", "name"], name="alias_means_one_organization_per_body")]

    def __str__(self) -> str:
        return self.name


LONGEST_SOUND = 200
# Sorted by pinyin; namesakes by organization, those without one first.
PEOPLE_BY_NAME = ("sound", "name", models.F("organization__name").asc(nulls_first=True))


class Person(Mergeable):
    """A name with an organization; the same name with another one is another record.

    `distinction` distinguishes two people of one name and organization, once staff did so.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="people", verbose_name="会议主体")
    name = models.CharField("姓名", max_length=60)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="单位"
    )
    distinction = models.CharField("区分", max_length=30, blank=True)
    # The pinyin of the name, for sorting; computed from the name.
    sound = models.CharField("读音", max_length=LONGEST_SOUND, blank=True, editable=False, db_index=True)

    objects = PersonQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["sound"])

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "name", "organization", "distinction"],
                condition=Q(organization__isnull=False),
                name="person_once_per_unit",
            ),
            models.UniqueConstraint(
                fields=["body", "name", "distinction"],
                condition=Q(organization__isnull=True),
                name="person_once_without_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.distinction}）" if self.distinction else self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the pinyin along with the name."""
        self.set_sound()
        super().save(*args, **kwargs)

    def set_sound(self) -> None:
        """Compute the pinyin; to be called before `bulk_create`, which skips `save`."""
        self.sound = sound_of_name(self.name)[:LONGEST_SOUND]

    def get_absolute_url(self) -> str:
        return address("person", self.pk)
