"""The upload form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.validators import URLValidator
from django.db import transaction

from desk.uploads.actions import receive
from minutes.extraction.limits import MEGABYTE

PASTED_TEXT_NAME = "粘贴的文字.txt"
PASTED_PAGE_NAME = "粘贴的网页.html"
NOTHING_GIVEN = "请选择文件，或粘贴文字。"
CUT_OFF = "没有收到完整的内容，可能是网络中断。什么也没有保存，请再提交一次。"
TOO_LARGE = "“{name}”超过 {most} MB，没有收下。纪要没有这么大，请确认文件，或拆分、压缩后再提交。"
WRONG_URL = "来源网址不正确，应当以 http:// 或 https:// 开头。"
LONG_BODY_NAME = "会议主体不能超过120个字。"


class MultipleFileField(forms.FileField):
    """Any number of files under one field name, in the order chosen."""

    widget = type("SeveralFilesInput", (forms.FileInput,), {"allow_multiple_selected": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return list(data or [])


class UploadForm(forms.Form):
    """Files or pasted text, and the body of texts that do not name it."""

    files = MultipleFileField(required=False)
    text = forms.CharField(required=False, strip=False)
    body_name = forms.CharField(required=False, max_length=120, error_messages={"max_length": LONG_BODY_NAME})
    # The pasted text as HTML, which keeps its tables and lists.
    html = forms.CharField(required=False, strip=False)
    source_url = forms.URLField(
        required=False,
        max_length=1000,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": WRONG_URL, "max_length": WRONG_URL},
    )
    # The last field of the form: if it is missing, the request body was truncated.
    complete = forms.BooleanField(error_messages={"required": CUT_OFF})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        most = settings.EXTRACT_FILE_MB
        for file in cleaned.get("files", []):
            if file.size > most * MEGABYTE:
                raise forms.ValidationError(TOO_LARGE.format(name=file.name, most=most), code="too-large")
        if not cleaned.get("files") and not cleaned.get("text", "").strip():
            raise forms.ValidationError(NOTHING_GIVEN)
        return cleaned

    @property
    def status(self) -> int:
        """Return the HTTP status of the refusal."""
        return 413 if self.has_error("__all__", "too-large") else 400

    @transaction.atomic
    def receive(self, by: AbstractBaseUser) -> int:
        """Store all files or none; return how many."""
        brought = [(file.name, file.read()) for file in self.cleaned_data["files"]]
        if text := self.cleaned_data["text"].strip():
            html = self.cleaned_data["html"].strip()
            name, content = (PASTED_PAGE_NAME, html) if html else (PASTED_TEXT_NAME, text)
            brought.append((name, content.replace("\r\n", "\n").encode()))
        details = {name: self.cleaned_data[name] for name in ("body_name", "source_url")}
        for name, content in brought:
            receive(name, content, by, **details)
        return len(brought)
