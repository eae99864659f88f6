"""Files for search engines and browsers."""

from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.views.decorators.http import require_safe

from pages.discovery.sitemaps import SITEMAPS


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Show the sitemap index."""
    return without_time(sitemaps.index(request, SITEMAPS, sitemap_url_name="sitemap"))


@require_safe
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    """Show a part of the sitemap, with the last change of pages where known."""
    return without_time(sitemaps.sitemap(request, SITEMAPS, section=section))


def without_time(response: HttpResponse) -> HttpResponse:
    """Remove Last-Modified, which would not change when a page disappears."""
    del response["Last-Modified"]
    return response


@require_safe
def icon(request: HttpRequest, name: str) -> HttpResponse:
    """Redirect default icon URLs to the actual icon."""
    return redirect(static(f"images/{name}"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Allow crawlers all records, but no searches, forms and files."""
    context = {"sitemap": request.build_absolute_uri(reverse("sitemaps")), "prefix": get_script_prefix().rstrip("/")}
    return render(request, "pages/robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Describe the site search for the address bar of browsers."""
    context = {"search": request.build_absolute_uri(reverse("search"))}
    return render(request, "pages/opensearch.xml", context, content_type="application/opensearchdescription+xml")


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """Describe the archive to assistant programs (llmstxt.org)."""
    context = {"root": request.build_absolute_uri(reverse("home")).rstrip("/")}
    return render(request, "pages/llms.txt", context, content_type="text/markdown; charset=utf-8")
