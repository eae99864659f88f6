"""What tells search engines and browsers how to find their way in."""

from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.views.decorators.http import require_safe

from pages.discovery.sitemaps import SITEMAPS


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The parts of the sitemap."""
    return without_time(sitemaps.index(request, SITEMAPS, sitemap_url_name="sitemap"))


@require_safe
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    """The pages of one part, each with the time of its last change as far as it is known."""
    return without_time(sitemaps.sitemap(request, SITEMAPS, section=section))


def without_time(response: HttpResponse) -> HttpResponse:
    """The answer without the time of its newest page: when a page is gone, that would tell of no change."""
    del response["Last-Modified"]
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: every record; not searches, forms and files, of which there is no end or no use."""
    context = {"sitemap": request.build_absolute_uri(reverse("sitemaps")), "prefix": get_script_prefix().rstrip("/")}
    return render(request, "pages/robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """The description with which a browser offers the archive's search in its address bar."""
    context = {"search": request.build_absolute_uri(reverse("search"))}
    return render(request, "pages/opensearch.xml", context, content_type="application/opensearchdescription+xml")


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """Describe the archive to assistant programs (llmstxt.org): what it holds and how to read it."""
    context = {"root": request.build_absolute_uri(reverse("home")).rstrip("/")}
    return render(request, "pages/llms.txt", context, content_type="text/markdown; charset=utf-8")
