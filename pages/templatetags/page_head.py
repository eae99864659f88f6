"""Template tags for the head of pages: canonical URL, titles, structured data."""

from typing import Any

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe

from minutes import filters
from pages.discovery.schema_org import described

register = template.Library()

# Parameters that determine the content of a page: list filters and paging. Others (a highlighted span, a tracking
# parameter) do not. Views with further parameters pass them as `content_parameters`.
PAGE_PARAMETERS = frozenset({"page", "year", "role", "sort"})
CONTENT_PARAMETERS = PAGE_PARAMETERS.union(
    *(filterset.base_filters for filterset in vars(filters).values() if isinstance(filterset, type))
)


@register.simple_tag(takes_context=True)
def again(context: template.Context, name: str) -> str:
    """Render another block's content again: the title is used in links too."""
    return context.render_context[BLOCK_CONTEXT_KEY].get_block(name).render(context).strip()


@register.simple_tag(takes_context=True)
def canonical(context: template.Context) -> str:
    """Return the canonical URL: path, and the parameters that determine the content."""
    request = context["request"]
    query = request.GET.copy()
    known = CONTENT_PARAMETERS.union(context.get("content_parameters", ()))
    for name in [name for name in query if name not in known]:
        del query[name]
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}" if query else request.path)


@register.simple_tag(takes_context=True)
def site_root(context: template.Context) -> str:
    """Return the base of absolute URLs: https://minutes.example.org."""
    return context["request"].build_absolute_uri("/").rstrip("/")


@register.simple_tag(takes_context=True)
def structured(context: template.Context, record: object) -> str:
    """Return a record as JSON-LD."""
    return json_ld(described(record, context["request"].build_absolute_uri))


@register.simple_tag(takes_context=True)
def structured_page(context: template.Context) -> str:
    """Return the page as JSON-LD; the home page describes the site search."""
    request = context["request"]
    home = request.build_absolute_uri(reverse("home"))
    site = {"@type": "WebSite", "name": "会议纪要档案", "url": home, "inLanguage": "zh-Hans"}
    if request.path != reverse("home"):
        return json_ld({"@type": "WebPage", "url": canonical(context), "isPartOf": site})
    target = f"{request.build_absolute_uri(reverse('search'))}?q={{search_term_string}}"
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
    return json_ld(site | {"potentialAction": action})


def json_ld(data: dict[str, Any]) -> SafeString:
    """Return a script element with JSON, escaped so that data cannot end it."""
    element = json_script({"@context": "https://schema.org"} | data)
    return mark_safe(element.replace("application/json", "application/ld+json", 1))  # noqa: S308
