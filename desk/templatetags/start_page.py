"""The tag with which the admin's first page tells what waits."""

from django import template
from django.template import Context

from desk import dashboard

register = template.Library()


@register.inclusion_tag("desk/start.html", takes_context=True)
def start_page(context: Context) -> dict[str, object]:
    """What the start page tells the user who looks at it."""
    user = context["user"]
    return {
        "perms": context["perms"],
        "is_empty": dashboard.is_empty(),
        "waiting": dashboard.what_waits_for(user),
        "index": dashboard.index_now(),
        "missing": dashboard.missing_numbers(),
    }
