"""A page as its reader meets it: the words, and where the links lead."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse

BLOCKS = {
    *("p", "li", "div", "dd", "dt", "h1", "h2", "h3", "h4", "td", "th", "tr", "section", "title", "nav", "header"),
    *(
        "footer",
        "main",
        "form",
        "fieldset",
        "legend",
        "label",
        "button",
        "option",
        "ul",
        "ol",
        "dl",
        "table",
        "caption",
    ),
    *("figure", "figcaption", "blockquote", "details", "summary", "article", "aside", "br", "body"),
}


@dataclass
class Reading(HTMLParser):
    """The text of an HTML page by block, and (text, URL) of each link."""

    words: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    address: str | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in BLOCKS:
            self.words.append("\n")
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.address = given["href"]
            self.links.append(("", self.address))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.words.append("\n")
        if tag == "a":
            self.address = None

    def handle_data(self, data: str) -> None:
        # A line break is a blank, as browsers show it.
        self.words.append(re.sub(r"\s+", " ", data))
        if self.address is not None:
            words, address = self.links[-1]
            self.links[-1] = (words + data, address)

    @property
    def text(self) -> str:
        """The words of the page, one block a line, without padding."""
        lines = (" ".join(line.split()) for line in "".join(self.words).splitlines())
        return "\n".join(line for line in lines if line)

    def links_saying(self, words: str) -> list[str]:
        """Return the URLs of the links with exactly this text."""
        return [address for said, address in self.links if " ".join(said.split()) == words]


def read(response: HttpResponse, status: int = 200) -> Reading:
    """Return the parsed page of a response with this status."""
    assert response.status_code == status, response.status_code
    reading = Reading()
    reading.feed(response.content.decode())
    reading.close()
    return reading
