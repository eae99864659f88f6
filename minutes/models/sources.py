"""Source files, stored as received."""

from django.conf import settings
from django.db import models

from minutes.extraction.formats import FORMATS, FORMATS_BY_KEY, HTML, MHT, TEXT, ZIP

# The files in a ZIP are source files; the ZIP is not.
FORMAT_CHOICES = [(each.key, each.label) for each in FORMATS if each is not ZIP]


class SourceFileManager(models.Manager):
    def get_queryset(self):
        """Return source files without content and text, which lists need not load."""
        return super().get_queryset().defer("content", "text")


class SourceFile(models.Model):
    """A file as received: everything else is derived from its content."""

    name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    content = models.BinaryField("原始字节", editable=False)
    format = models.CharField("格式", max_length=16, choices=FORMAT_CHOICES, default=TEXT.key)
    # Of text files and web pages; other formats define their own encoding.
    encoding = models.CharField("编码", max_length=32, blank=True)
    text = models.TextField("提取的文本", editable=False)
    # The page's metadata, as `minutes.extraction.results.WebFacts`.
    web = models.JSONField("网页信息表", null=True, blank=True, editable=False)
    # The URL where it was published: entered, or saved by the browser. Never fetched.
    source_url = models.URLField("来源网址", max_length=1000, blank=True)
    received_at = models.DateTimeField("收到时间", auto_now_add=True)
    # None if ingested by `manage.py ingest`.
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上传人"
    )
    # The meeting it was the source file of, until replaced.
    formerly_of = models.ForeignKey(
        "Meeting", models.PROTECT, null=True, blank=True, related_name="former_sources", verbose_name="曾为其来源"
    )

    objects = SourceFileManager()

    class Meta:
        verbose_name = verbose_name_plural = "来源文件"
        ordering = ["-received_at", "-id"]
        base_manager_name = "objects"

    def __str__(self) -> str:
        return self.name

    @property
    def origin_of_text(self) -> str:
        """Return how the text was obtained from the content: 按 utf-8 解码，一字未改."""
        if self.format == TEXT.key:
            return f"按 {self.encoding} 解码，一字未改"
        return f"从{FORMATS_BY_KEY[self.format].label}中提取"

    @property
    def is_web_page(self) -> bool:
        return self.format in (HTML.key, MHT.key)
