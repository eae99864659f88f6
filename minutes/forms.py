"""What a reader can narrow a list by. Every form is filled from the address, which holds the whole state of a list."""

from __future__ import annotations

from django import forms
from django.db.models import Q

from minutes import published
from minutes.models import Organization

ALL = "全部"


class Asked(forms.Form):
    """The conditions of a list; one that makes no sense is named to the reader and not applied."""

    def __init__(self, data, **options):
        super().__init__(data, auto_id="by-%s", **options)

    def value(self, name: str):
        """What was asked for, None where nothing was or where it makes no sense."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    @property
    def in_force(self) -> bool:
        """Whether anything narrows the list."""
        self.is_valid()
        return any(self.cleaned_data.values())


def words_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=100,
        strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def choice_field(label: str, choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", ALL), *choices])


def body_field() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(published.bodies(), label="会议主体", required=False, empty_label=ALL)


class OrganizationField(forms.CharField):
    """A unit by its number or by any of its names; what comes back are the units that are called so."""

    def __init__(self):
        super().__init__(
            label="单位",
            required=False,
            max_length=120,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )

    def clean(self, value: str) -> list[int]:
        written = super().clean(value)
        if not written:
            return []
        if written.isascii() and written.isdigit() and len(written) < 10:
            called = Q(pk=int(written))
        else:
            called = Q(name=written) | Q(full_name=written) | Q(aliases__name=written)
        if found := list(Organization.objects.filter(called).values_list("pk", flat=True).distinct()):
            return found
        raise forms.ValidationError(f"档案里没有叫“{written}”的单位。")
