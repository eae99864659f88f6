"""Passages that can be cited, and whether their text has changed since."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.urls import reverse

from minutes.models import AgendaItem, CitedText, Meeting, Paragraph
from minutes.models.engine_sql import is_unavailable, without_waiting
from minutes.sentences import sentences_of

FINGERPRINT_LENGTH = 12
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph and its number, counted from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A meeting, an item, a paragraph or a sentence."""

    meeting: Meeting
    item: AgendaItem | None = None
    paragraph: Paragraph | None = None
    sentence: Sentence | None = None

    @property
    def place(self) -> str:
        """Return the path of the passage: 5, 5/3, 5/3/1, 5/3/1/2."""
        parts = [self.meeting.pk]
        parts += [self.item.position] if self.item else []
        parts += [self.paragraph.position] if self.paragraph else []
        parts += [self.sentence.number] if self.sentence else []
        return "/".join(map(str, parts))

    @property
    def text(self) -> str:
        """Return the text of the passage as displayed."""
        if self.sentence:
            return self.sentence.text
        if self.paragraph:
            return str(self.paragraph)
        if self.item:
            return text_of_item(self.item)
        items = self.meeting.items.order_by("position").prefetch_related("paragraphs")
        parts = [self.meeting.opening, *map(text_of_item, items), self.meeting.closing]
        return "\n".join(part for part in parts if part)

    @property
    def url(self) -> str:
        """Return the URL of the page with the passage."""
        if self.paragraph:
            return f"{self.item.get_absolute_url()}#p{self.paragraph.position}"
        return (self.item or self.meeting).get_absolute_url()


def sentences_within(passage: Passage) -> list[Passage]:
    """Return the sentences of a passage's paragraphs with more than one.

    A whole meeting has none.
    """
    if passage.item is None or passage.sentence:
        return []
    paragraphs = [passage.paragraph] if passage.paragraph else passage.item.paragraphs.all()
    return [
        Passage(passage.meeting, passage.item, paragraph, Sentence(number, text))
        for paragraph in paragraphs
        if len(sentences := sentences_of(paragraph)) > 1
        for number, text in enumerate(sentences, start=1)
    ]


def sentence_cited(paragraph: Paragraph, number: int, fingerprint: str = "") -> Sentence | None:
    """Return the sentence with this fingerprint in a paragraph, else with this number."""
    sentences = [Sentence(at, text) for at, text in enumerate(sentences_of(paragraph), start=1)]
    same = (each for each in sentences if fingerprint_of(each.text) == fingerprint)
    return next(same, None) or next((each for each in sentences if each.number == number), None)


def text_of_item(item: AgendaItem) -> str:
    return "\n".join([item.title, *map(str, item.paragraphs.all())])


def citation_of(passage: Passage) -> str:
    """Return a citation: 云川市人民政府常务会议纪要〔2019〕41号，第80次会议，第三项（一）."""
    meeting = passage.meeting
    date = f"（{meeting.date.year}年{meeting.date.month}月{meeting.date.day}日）" if meeting.date else ""
    words = [f"{meeting.body}{meeting.kind_text or meeting.get_kind_display()}纪要{meeting.doc_number or date}"]
    words += [f"第{meeting.number}次会议"] if meeting.number else []
    if passage.item:
        sentence = f"第{in_chinese(passage.sentence.number)}句" if passage.sentence else ""
        words.append(f"第{in_chinese(passage.item.position)}项{name_of(passage.paragraph)}{sentence}")
    return "，".join(words)


def name_of(paragraph: Paragraph | None) -> str:
    if paragraph is None:
        return ""
    return paragraph.marker or f"第{in_chinese(paragraph.position)}段"


def in_chinese(number: int) -> str:
    """Write a number as in minutes: 三, 十二, 二十; from a hundred on in digits."""
    if number < 10:
        return DIGITS[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return f"{DIGITS[tens] if tens > 1 else ''}十{DIGITS[ones] if ones else ''}"
    return str(number)


def fingerprint_of(text: str) -> str:
    """Return a hash of the text that ignores character width and whitespace."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return hashlib.sha256(folded.encode()).hexdigest()[:FINGERPRINT_LENGTH]


def keep_wording(passage: Passage) -> CitedText:
    """Return the current wording of a passage, stored when first shown.

    Reading must not fail if the database is read-only: then it has no primary key.
    """
    text = passage.text
    known = {"place": passage.place, "fingerprint": fingerprint_of(text)}
    if wording := CitedText.objects.filter(**known).first():
        return wording
    try:
        with without_waiting(), transaction.atomic():
            return CitedText.objects.get_or_create(**known, defaults={"text": text})[0]
    except DatabaseError as error:
        if not is_unavailable(error):
            raise
    return CitedText(**known, text=text)


def permanent_link(wording: CitedText) -> str:
    """Return the permanent URL of this wording."""
    return f"{reverse('cite', args=[wording.place])}{wording.fingerprint}/"
