"""Names of an organization: its own, and the aliases that texts still use."""

from __future__ import annotations

from minutes.models import Meeting, Organization, OrganizationAlias
from minutes.signals import meeting_changed


def other_unit_called(name: str, organization: Organization) -> Organization | None:
    """Return another organization of the same body with this name or alias."""
    named = Organization.objects.filter(body=organization.body_id, name=name).exclude(pk=organization.pk).first()
    if named:
        return named
    aliases = OrganizationAlias.objects.filter(body=organization.body_id, name=name)
    alias = aliases.exclude(organization=organization.pk).select_related("organization").first()
    return alias.organization if alias else None


def keep_former_name(organization: Organization, former: str) -> None:
    """Keep the former name as an alias, so that it still resolves."""
    organization.aliases.filter(name=organization.name).delete()
    OrganizationAlias.objects.get_or_create(
        body=organization.body, name=former, defaults={"organization": organization}
    )


def announce_names_of(organization: Organization) -> None:
    """Send meeting_changed for every published meeting naming this organization.

    Call inside a transaction.
    """
    public = Meeting.objects.published().order_by()
    dealt_with = public.filter(items__involvements__organization=organization).values_list("pk")
    attended = public.filter(attendance__organization=organization).values_list("pk")
    with_tasks = public.filter(tasks__actors__organization=organization).values_list("pk")
    for (meeting,) in dealt_with.union(attended, with_tasks):
        meeting_changed.send(sender=Meeting, meeting_id=meeting)
