"""Template tag that renders the dashboard on the admin's index page."""

from django import template
from django.template import Context

from desk.dashboard import index_status, is_empty, missing_numbers, pending_work, worker_status

register = template.Library()


@register.inclusion_tag("desk/dashboard.html", takes_context=True)
def dashboard(context: Context) -> dict[str, object]:
    """Render what the user can act on, and the state of the archive."""
    return {
        "perms": context["perms"],
        "is_empty": is_empty(),
        "waiting": pending_work(context["user"]),
        "index": index_status(),
        "worker": worker_status(),
        "missing": missing_numbers(),
    }
