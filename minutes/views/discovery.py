"""What tells search engines and browsers how to find their way in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: every record; not the searches, of which there is no end."""
    context = {"sitemap": request.build_absolute_uri(reverse("sitemaps"))}
    return render(request, "data/robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """The description with which a browser offers the archive's search in its address bar."""
    context = {"search": request.build_absolute_uri(reverse("search"))}
    return render(request, "data/opensearch.xml", context, content_type="application/opensearchdescription+xml")
