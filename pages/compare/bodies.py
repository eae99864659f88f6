"""Choose bodies by ?body=1&body=2, for the comparison and for trends."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from minutes.filters.conditions import GREATEST_ID_LENGTH
from minutes.models import Body

MOST_BODIES = 4


class BodiesField(forms.Field):
    """Up to four bodies by id or name; cleans to records in URL order."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> list[Body]:
        """Return the bodies without duplicates; raise ValidationError for unknown ones."""
        known = list(Body.objects.published()) if any(value or []) else []
        by_name = {str(body.pk): body for body in known} | {body.name: body for body in known}
        chosen: list[Body] = []
        for written in filter(None, (each.strip() for each in value or [])):
            if written not in by_name:
                short = written if len(written) <= GREATEST_ID_LENGTH else f"{written[:GREATEST_ID_LENGTH]}……"
                raise ValidationError(f"档案里没有“{short}”。请写编号或全名，如 云川市人民政府。")
            if by_name[written] not in chosen:
                chosen.append(by_name[written])
        if len(chosen) > MOST_BODIES:
            raise ValidationError(f"一次最多比较 {MOST_BODIES} 个政府，这里有 {len(chosen)} 个。请删去一些。")
        return chosen


def slots_of_bodies(chosen: list[Body]) -> list[Body | None]:
    """Return the values of the form's inputs: the bodies, and empty ones."""
    return ([*chosen] + [None] * MOST_BODIES)[:MOST_BODIES]
