from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, ResolverMatch, get_script_prefix, resolve
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from rest_framework.throttling import BaseThrottle

from minutes.models import ErrorReport
from minutes.models.reports import LONGEST_PLACE, LONGEST_REPORT

REPORTS_AN_HOUR = 5
AN_HOUR = 60 * 60


class ReportForm(forms.Form):
    place = forms.CharField(required=False, max_length=LONGEST_PLACE, widget=forms.HiddenInput)
    text = forms.CharField(
        label="哪里错了，应当怎样",
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        error_messages={
            "required": "请写明哪里错了，再提交。",
            "max_length": f"最多 {LONGEST_REPORT} 字，现在有 %(show_value)s 字。请写短一些，或分两次提交。",
        },
    )
    # A honeypot: hidden from people, but filled in by programs.
    website = forms.CharField(required=False, label="请留空", widget=forms.TextInput(attrs={"tabindex": "-1"}))

    def clean_place(self) -> str:
        """Return the page of this site that a report is about, or ""."""
        place = self.cleaned_data["place"]
        try:
            resolve_place(place)
        except Resolver404:
            return ""
        return place


def resolve_place(place: str) -> ResolverMatch:
    """Resolve a URL of this site, with path prefix and query; raise Resolver404."""
    path = place.partition("?")[0]
    return resolve(f"/{path.removeprefix(get_script_prefix())}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form and store the report; nothing about the reader is stored."""
    if request.method != "POST":
        place = request.GET.get("place", "")[:LONGEST_PLACE]
        return render(
            request, "pages/reports/report.html", {"form": ReportForm(initial={"place": place}), "place": place}
        )
    form = ReportForm(request.POST)
    if not form.is_valid():
        place = form.data.get("place", "")
        return render(request, "pages/reports/report.html", {"form": form, "place": place}, status=400)
    if form.cleaned_data["website"]:
        return redirect("report-thanks")
    if not may_report_once_more(request):
        response = render(request, "pages/reports/too_many.html", {"text": form.cleaned_data["text"]}, status=429)
        response["Retry-After"] = str(AN_HOUR)
        return response
    ErrorReport.objects.create(place=form.cleaned_data["place"], text=form.cleaned_data["text"])
    return redirect("report-thanks")


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/reports/thanks.html")


def may_report_once_more(request: HttpRequest) -> bool:
    """Return whether this client may send another report this hour.

    Counted by a keyed hash of the client's address.
    """
    client = salted_hmac("minutes.reports", BaseThrottle().get_ident(request) or "").hexdigest()
    key = f"reports:{client}"
    if cache.add(key, 1, AN_HOUR):
        return True
    try:
        return cache.incr(key) <= REPORTS_AN_HOUR
    except ValueError:
        # The entry expired between the two calls.
        return cache.add(key, 1, AN_HOUR)
