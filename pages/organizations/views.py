from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from minutes.filters import OrganizationFilter
from minutes.models import Attendance, Involvement, InvolvementRole, Meeting, Organization
from pages.lists.filter_form import ListFilters, bodies_to_choose
from pages.lists.pagination import page_of
from pages.organizations.most_active import most_active
from pages.organizations.organization_stats import delegates, ledger_by_year, names_over_time, over_time
from pages.organizations.organization_tasks import tasks_of_organization
from pages.redirects import redirect_merged

ORGANIZATIONS_A_PAGE = 120
ROWS_IN_OVERVIEW = 10
ROWS_A_PAGE = 50
DELEGATES_SHOWN = 12

# Value of ?role= for attendance, in addition to those of `InvolvementRole`.
ATTENDANCE = "attendance"
NEWEST_FIRST = (F("item__meeting__date").desc(nulls_last=True), "-item__meeting", "item__position")
LEDGER_ORDER = (
    InvolvementRole.LEAD,
    InvolvementRole.RESPONSIBLE,
    InvolvementRole.SUPPORTING,
    InvolvementRole.REPORTING,
    InvolvementRole.MENTIONED,
)


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """List organizations named in published minutes, the most active first, filtered."""
    bodies = bodies_to_choose()
    filters = ListFilters(
        OrganizationFilter,
        request.GET,
        Organization.objects.published().select_related("body"),
        {"name": None, "body": bodies},
    )
    page = page_of(request, most_active(filters.records), ORGANIZATIONS_A_PAGE)
    context = {"page": page, "filters": filters, "several_bodies": len(bodies) > 1}
    return render(request, "pages/organizations/organizations.html", context)


@dataclass(frozen=True, slots=True)
class LedgerSection:
    """The items in which a unit has one role: their number, and the latest ones."""

    role: InvolvementRole
    count: int
    latest: list[Involvement]


@redirect_merged(Organization.objects.published)
@require_safe
def organization(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a unit with its roles and meetings; ?role= lists one role in full."""
    organization = get_object_or_404(
        Organization.objects.published().select_related("body").prefetch_related("aliases"), pk=pk
    )
    role = request.GET.get("role")
    if role is None:
        return overview(request, organization)
    if role == ATTENDANCE:
        page = page_of(request, meetings_listing(organization), ROWS_A_PAGE)
        context = {"organization": organization, "page": page, "role": role, "label": "参会记录"}
        return render(request, "pages/organizations/attendance.html", context)
    if role not in InvolvementRole.values:
        raise Http404("no such role")
    page = page_of(request, involvements_of(organization).filter(role=role), ROWS_A_PAGE)
    context = {"organization": organization, "page": page, "role": role, "label": InvolvementRole(role).label}
    return render(request, "pages/organizations/role.html", context)


def overview(request: HttpRequest, organization: Organization) -> HttpResponse:
    """Show an organization with the latest items of each role."""
    listed = meetings_listing(organization)
    return render(
        request,
        "pages/organizations/organization.html",
        {
            "organization": organization,
            "names": names_over_time(organization.pk),
            "ledger": ledger_of(organization),
            "attended": listed[:ROWS_IN_OVERVIEW],
            "attended_count": listed.count(),
            "by_year": ledger_by_year(organization),
            "tasks": tasks_of_organization(organization),
            "delegates": over_time(delegates(organization)[:DELEGATES_SHOWN]),
            "delegates_count": delegates(organization).count(),
        },
    )


def involvements_of(organization: Organization) -> QuerySet[Involvement]:
    """Return an organization's involvements, latest first, with decisions."""
    return (
        Involvement.objects.published_each()
        .filter(organization=organization)
        .select_related("item__meeting__body")
        .prefetch_related("item__decisions__deadlines")
        .order_by(*NEWEST_FIRST)
    )


def ledger_of(organization: Organization) -> list[LedgerSection]:
    """Return the roles of an organization with number and latest items."""
    rank = Window(RowNumber(), partition_by="role", order_by=NEWEST_FIRST)
    mine = involvements_of(organization)
    latest = list(mine.annotate(rank=rank).filter(rank__lte=ROWS_IN_OVERVIEW))
    counts = dict(mine.order_by().values_list("role").annotate(Count("pk")))
    return [
        LedgerSection(role, counts[role], [row for row in latest if row.role == role])
        for role in LEDGER_ORDER
        if role in counts
    ]


def meetings_listing(organization: Organization) -> QuerySet[Meeting]:
    """Return published meetings that list the organization, with `entries_here`."""
    entries = Attendance.objects.filter(organization=organization).select_related("person").order_by("position")
    listed = Q(pk__in=entries.order_by().values("meeting"))
    return (
        Meeting.objects.published()
        .filter(listed)
        .select_related("body")
        .prefetch_related(Prefetch("attendance", entries, to_attr="entries_here"))
    )
