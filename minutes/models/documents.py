"""The documents considered by meetings."""

from django.db import models
from simple_history.models import HistoricalRecords

from minutes.addresses import address
from minutes.models.bodies import Body
from minutes.models.items import AgendaItem
from minutes.models.merging import Mergeable
from minutes.models.published import DocumentQuerySet
from minutes.models.spanned import Spanned


class Document(Mergeable):
    """A document considered by meetings; its drafts share the title without stage.

    `distinction` distinguishes two documents of one title, once staff did so.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="documents", verbose_name="会议主体")
    title = models.CharField("标题", max_length=300)
    distinction = models.CharField("区分", max_length=30, blank=True)

    objects = DocumentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["body", "title", "distinction"], name="document_title_once_per_body")
        ]

    def __str__(self) -> str:
        return f"《{self.title}》（{self.distinction}）" if self.distinction else f"《{self.title}》"

    def get_absolute_url(self) -> str:
        return address("document", self.pk)


class ReferenceKind(models.TextChoices):
    SUBJECT = "subject", "议题文件"
    MENTION = "mention", "提及"


class DocumentReference(Spanned):
    """A reference to a document in an item: as its subject, or as a mention."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="references", verbose_name="议题")
    document = models.ForeignKey(Document, models.PROTECT, related_name="references", verbose_name="文件")
    kind = models.CharField("类别", max_length=8, choices=ReferenceKind)
    stage = models.CharField("稿次", max_length=40, blank=True)
    short_title = models.CharField("简称", max_length=120, blank=True)

    class Meta(Spanned.Meta):
        verbose_name = verbose_name_plural = "文件引用"
        ordering = ["start"]

    def __str__(self) -> str:
        return f"{self.document}{self.stage}"
