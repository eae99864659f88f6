"""Citations for word processors and reference managers.

Text and GB/T 7714-2015 are shown on the page; BibTeX, RIS and CSL-JSON are files.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass

from pages.citations.passages import Passage, citation_of

# BibTeX counts braces even after a backslash, so that a single one must be written as a command.
BIBTEX_ESCAPES = str.maketrans(
    {
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "$&#_%"},
    }
)


@dataclass(frozen=True, slots=True)
class Reference:
    """The data of a citation in any format."""

    key: str
    author: str
    title: str
    number: str
    date: datetime.date | None
    url: str
    fingerprint: str
    accessed: datetime.date


def reference_of(passage: Passage, url: str, fingerprint: str, accessed: datetime.date) -> Reference:
    """Return the reference of a passage; `url` is its permanent URL."""
    meeting = passage.meeting
    title = f"{meeting}纪要"
    if passage.item:
        title += f"：{passage.item.title}"
    key = "minutes-" + passage.place.replace("/", "-")
    return Reference(
        key, meeting.body.name, title, meeting.doc_number, meeting.date, url, fingerprint, accessed=accessed
    )


def as_text(passage: Passage, reference: Reference) -> str:
    """Return a line of text: passage, item title, date, URL and fingerprint."""
    title = f"“{passage.item.title}”，" if passage.item else ""
    date = f"{reference.date:%Y-%m-%d}，" if reference.date else ""
    return f"{citation_of(passage)}，{title}{date}{reference.url}（文字指纹 {reference.fingerprint}）。"


def as_gb7714(reference: Reference) -> str:
    """Return the reference in GB/T 7714-2015, as an archival document online."""
    number = f"：{reference.number}" if reference.number else ""
    date = f"（{reference.date:%Y-%m-%d}）" if reference.date else ""
    return (
        f"{reference.author}. {reference.title}{number}[A/OL]. {date}[{reference.accessed:%Y-%m-%d}]. {reference.url}."
    )


def as_bibtex(reference: Reference) -> str:
    """Return a BibTeX entry of the type misc."""
    fields = {
        "author": "{" + reference.author.translate(BIBTEX_ESCAPES) + "}",
        "title": "{" + reference.title.translate(BIBTEX_ESCAPES) + "}",
        "number": reference.number.translate(BIBTEX_ESCAPES),
        "year": str(reference.date.year) if reference.date else "",
        "date": f"{reference.date:%Y-%m-%d}" if reference.date else "",
        "howpublished": "会议纪要",
        "url": reference.url,
        "urldate": f"{reference.accessed:%Y-%m-%d}",
        "note": f"文字指纹 {reference.fingerprint}",
        "language": "chinese",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{reference.key},\n" + ",\n".join(lines) + "\n}\n"


def as_ris(reference: Reference) -> str:
    """Return a RIS record of the type government document."""
    fields = [
        ("TY", "GOVDOC"),
        ("ID", reference.key),
        ("AU", reference.author),
        ("TI", reference.title),
        ("M1", reference.number),
        ("PY", str(reference.date.year) if reference.date else ""),
        ("DA", f"{reference.date:%Y/%m/%d}" if reference.date else ""),
        ("UR", reference.url),
        ("Y2", f"{reference.accessed:%Y/%m/%d}"),
        ("N1", f"文字指纹 {reference.fingerprint}"),
        ("LA", "zh"),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def as_csl_json(reference: Reference) -> str:
    """Return a CSL-JSON list with one item, as Zotero and pandoc read it."""
    item = {
        "id": reference.key,
        "type": "document",
        "genre": "会议纪要",
        "author": [{"literal": reference.author}],
        "title": reference.title,
        "number": reference.number,
        "issued": date_parts(reference.date),
        "accessed": date_parts(reference.accessed),
        "URL": reference.url,
        "note": f"文字指纹 {reference.fingerprint}",
        "language": "zh-CN",
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1) + "\n"


def date_parts(date: datetime.date | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[date.year, date.month, date.day]]} if date else None


@dataclass(frozen=True, slots=True)
class CitationFile:
    """A format offered as a file."""

    label: str
    content_type: str
    write: Callable[[Reference], str]


FILES = {
    "bib": CitationFile("BibTeX", "application/x-bibtex; charset=utf-8", as_bibtex),
    "ris": CitationFile("RIS", "application/x-research-info-systems; charset=utf-8", as_ris),
    "json": CitationFile("CSL-JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", as_csl_json),
}
