"""Pages to request, confirm and end an alert."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.request import split_domain_port
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from search.alerts.mail import alert_title
from search.alerts.subscribe import TooManyAlerts, alert_to_confirm, alert_to_end, ask_for_alert
from search.query import QueryError
from search.query.params import parse_params

# Parameters of display have no meaning for an alert.
_UNSUPPORTED = ("page", "sort", "view")


class AlertForm(forms.Form):
    """The form for an alert: an e-mail address."""

    email = forms.EmailField(
        label="电子邮箱",
        max_length=254,
        error_messages={"required": "请写下电子邮箱。", "invalid": "这不是电子邮箱：请写成 name@example.org 的样子。"},
    )

    def clean_email(self) -> str:
        """Reject domains that are invalid in mail, although Django's pattern allows them."""
        email: str = self.cleaned_data["email"]
        try:
            email.rpartition("@")[2].encode("idna")
        except UnicodeError:
            raise forms.ValidationError(self.fields["email"].error_messages["invalid"]) from None
        return email


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Show the form for an alert on the search in the URL.

    The response to it is the same for every address.
    """
    if not settings.MAIL_IS_SENT:
        return render(request, "search/alerts/no_mail.html", {"params": request.GET})
    page = {"params": request.GET, "words": alert_title(request.GET), "form": AlertForm()}
    try:
        parse_params(request.GET, _UNSUPPORTED)
    except QueryError as error:
        return render(request, "search/alerts/ask.html", page | {"refused": str(error)}, status=400)
    if request.method != "POST":
        return render(request, "search/alerts/ask.html", page)
    form = AlertForm(request.POST)
    if not form.is_valid():
        return render(request, "search/alerts/ask.html", page | {"form": form}, status=400)
    try:
        ask_for_alert(form.cleaned_data["email"], request.GET, site_address(request))
    except TooManyAlerts:
        sentence = "这一小时里订阅的人太多，请过一小时再试。"
        return render(request, "search/alerts/ask.html", page | {"form": form, "refused": sentence}, status=429)
    return redirect("search-alert-asked")


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Show what to do next."""
    return render(request, "search/alerts/said.html", {"said": "asked"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm an alert by pressing a button.

    Programs that open every link in a message do not confirm anything.
    """
    alert = alert_to_confirm(token)
    if alert is None:
        return render(request, "search/alerts/said.html", {"said": "unknown"}, status=404)
    if request.method != "POST":
        return render(
            request, "search/alerts/confirm.html", {"alert": alert, "words": alert_title(QueryDict(alert.conditions))}
        )
    if alert.confirmed_at is None:
        alert.confirmed_at = alert.covered_until = timezone.now()
        alert.save(update_fields=["confirmed_at", "covered_until"])
    return render(request, "search/alerts/said.html", {"said": "confirmed"})


@never_cache
@csrf_exempt  # Mail programs post here without loading a page; the signed URL authorizes the request.
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """End an alert and delete its address; succeeds for an ended one too."""
    alert = alert_to_end(token)
    if request.method != "POST" and alert is not None:
        return render(request, "search/alerts/end.html", {"words": alert_title(QueryDict(alert.conditions))})
    if alert is not None:
        alert.delete()
    return render(request, "search/alerts/said.html", {"said": "ended"})


def site_address(request: HttpRequest) -> str:
    """Return the base URL for links in messages.

    In production, the port of the Host header is dropped.
    """
    if settings.SITE_URL or not settings.IN_PRODUCTION:
        return settings.SITE_URL or request.build_absolute_uri("/")
    return f"https://{split_domain_port(request.get_host())[0]}"
