"""Parse settings from environment variables, collecting all errors."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import environ

from config.databases import postgres
from config.search_server import SearchServer, opensearch
from minutes.messages import translate as _

T = TypeVar("T")
TRUE, FALSE = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}


class Environment:
    """Settings from environment variables; errors are reported all at once."""

    def __init__(self, variables: dict[str, str] | os._Environ[str] = os.environ) -> None:
        self.variables = variables
        self.problems: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        return self.variables.get(name) or default

    def boolean(self, name: str) -> bool:
        return self._parsed(name, False, parse_boolean, _("true or false"), "true")

    def number(self, name: str, default: int, least: int = 1, most: int = 1_000_000) -> int:
        def parse(written: str) -> int:
            if not re.fullmatch(r"[0-9]{1,9}", written) or not least <= int(written) <= most:
                raise ValueError("not a number in range")
            return int(written)

        form = _("a whole number from {least} to {most}", least=least, most=most)
        return self._parsed(name, default, parse, form, str(default))

    def choice(self, name: str, *choices: str) -> str:
        """Return one of the choices; the first one is the default."""

        def parse(written: str) -> str:
            if written not in choices:
                raise ValueError("not one of the choices")
            return written

        return self._parsed(name, choices[0], parse, _(" or ").join(choices), choices[-1])

    def hosts(self, name: str) -> list[str]:
        form = _("host names divided by commas, without port or scheme")
        return self._parsed(name, [], parse_hosts, form, "minutes.example.org")

    def path(self, name: str, default: Path) -> Path:
        return Path(self.text(name, str(default))).expanduser().absolute()

    def path_prefix(self, name: str) -> str:
        form = _("empty, or a path that begins with / and does not end with it")
        return self._parsed(name, "", parse_path_prefix, form, "/minutes")

    def site_url(self, name: str) -> str:
        form = _("the address of the archive, with scheme and without path")
        return self._parsed(name, "", parse_site_url, form, "https://minutes.example.org")

    def postgres(self, name: str) -> dict[str, Any]:
        """Return Django's settings for the PostgreSQL URL in a variable, or {}."""
        form = _("the address of a PostgreSQL database")
        example = "postgres://archive:password@db.example.org:5432/archive"
        return self._parsed(name, {}, postgres, form, example)

    def search_server(self, name: str) -> SearchServer | None:
        """Return the OpenSearch server of the URL in a variable, or None."""
        form = _("the address of an OpenSearch server")
        example = "opensearch://archive:password@search-1.example.org:9200,search-2.example.org:9200"
        return self._parsed(name, None, opensearch, form, example)

    def email(self, name: str, default: str) -> dict[str, Any]:
        """Return Django's e-mail settings for the URL in a variable."""
        form = _("the address of a mail server")
        example = "smtp+tls://user:password@mail.example.org:587"
        return self._parsed(name, parse_email(default), parse_email, form, example)

    def _parsed(self, name: str, default: T, parse: Callable[[str], T], form: str, example: str) -> T:
        written = self.variables.get(name, "").strip()
        if not written:
            return default
        try:
            return parse(written)
        except ValueError:
            # The value is not shown, since it may contain a secret.
            if "URL" in name:
                problem = _("{name} has a value that cannot be read: set it to {form}, such as {example}.")
            else:
                problem = _("{name} is {written}: set it to {form}, such as {example}.")
            self.problems.append(problem.format(name=name, written=written, form=form, example=example))
            return default

    def refuse_problems(self) -> None:
        """Exit with one message per error, without a traceback."""
        if self.problems:
            raise SystemExit("\n".join(self.problems))


def parse_boolean(written: str) -> bool:
    if written.lower() not in TRUE | FALSE:
        raise ValueError("not true or false")
    return written.lower() in TRUE


def parse_hosts(written: str) -> list[str]:
    hosts = [host.strip() for host in written.split(",") if host.strip()]
    for host in hosts:
        # minutes.example.org, .example.org, [::1], 127.0.0.1, *
        if not re.fullmatch(r"\*|\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\]", host):
            raise ValueError("not a host name")
    return hosts


def parse_path_prefix(written: str) -> str:
    if not re.fullmatch(r"(/[A-Za-z0-9._~-]+)+", written) or ".." in written.split("/"):
        raise ValueError("not a path")
    return written


def parse_site_url(written: str) -> str:
    parts = urlsplit(written)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("not the address of a site")
    return f"{parts.scheme}://{parts.netloc}"


def parse_email(written: str) -> dict[str, Any]:
    if urlsplit(written).scheme not in environ.Env.EMAIL_SCHEMES:
        raise ValueError("not a kind of mail server")
    try:
        config = environ.Env.email_url_config(written)
    except (KeyError, TypeError, environ.ImproperlyConfigured) as error:
        raise ValueError("not an address of a mail server") from error
    if config["EMAIL_BACKEND"].endswith("smtp.EmailBackend") and not config["EMAIL_HOST"]:
        raise ValueError("no mail server")
    return config
