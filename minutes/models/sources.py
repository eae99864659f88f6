"""The files the records are read from."""

from django.conf import settings
from django.db import models

# What a text was taken out of, where the file is no text itself.
TAKEN_OUT_OF = {"docx": "Word 文件", "doc": "旧版 Word 文件", "pdf": "PDF 文件", "picture": "图片（文字识别）"}


class SourceFileManager(models.Manager):
    def get_queryset(self):
        """Source files without their bytes and text, which no list needs in memory."""
        return super().get_queryset().defer("content", "text")


class SourceFile(models.Model):
    """A file as it was received: the bytes are the truth, everything else is read from them."""

    name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    content = models.BinaryField("原始字节", editable=False)
    encoding = models.CharField("编码", max_length=32)
    text = models.TextField("解码后的文本", editable=False)
    received_at = models.DateTimeField("收到时间", auto_now_add=True)
    # Nobody when it came by `manage.py ingest`.
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上传人"
    )
    # The meeting this file told of until another file took its place.
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
        """How the text came out of the bytes, as a reader is told: 按 utf-8 解码，一字未改."""
        if taken_out_of := TAKEN_OUT_OF.get(self.encoding):
            return f"从{taken_out_of}中提取"
        return f"按 {self.encoding} 解码，一字未改"
