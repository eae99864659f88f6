"""Files as a browser sends them, by those who are logged in, and the worker that reads them."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

UPLOADS = "/admin/uploads/"


def logged_in(user: User, **options: bool) -> Client:
    client = Client(**options)
    client.force_login(user)
    return client


def multipart(*files: tuple[str, bytes], complete: bool = True, **fields: str) -> tuple[bytes, str]:
    """Return the body of a form with files, and its content type."""
    boundary = uuid.uuid4().hex
    parts = [(f'name="{name}"', value.encode()) for name, value in fields.items()]
    parts += [(f'name="files"; filename="{name}"\r\nContent-Type: text/html', content) for name, content in files]
    parts += [('name="complete"', b"1")] if complete else []
    body = b"".join(
        f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode("utf-8", "surrogateescape")
        + content
        + b"\r\n"
        for head, content in parts
    )
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def bring(client: Client, *files: tuple[str, bytes], complete: bool = True, **fields: str):
    """Post a form with these files; return the response."""
    body, content_type = multipart(*files, complete=complete, **fields)
    return client.post(UPLOADS, body, content_type=content_type)


def work() -> None:
    """Run all queued tasks."""
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
