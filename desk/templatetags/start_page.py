"""The tag with which the admin's first page tells what waits."""

from django import template
from django.template import Context

from desk import start

register = template.Library()


@register.inclusion_tag("desk/start.html", takes_context=True)
def start_page(context: Context) -> dict[str, object]:
    """What the start page tells the user who looks at it."""
    user = context["user"]
    return {
        "perms": context["perms"],
        "is_empty": start.is_empty(),
        "waiting": start.what_waits_for(user),
        "index": start.index_now(),
        "missing": start.missing_numbers(),
    }
