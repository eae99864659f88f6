"""Wordings of passages that were cited, for permanent links to them."""

from django.db import models


class CitedText(models.Model):
    """A wording of a passage, kept to show what a citation quoted.

    It is stored when the citation page of the passage first shows it, and never changed.
    `place` is its path, such as 5/3/1/2, and `fingerprint` a hash of the wording: see pages/citations/passages.py.
    Nothing about the person who cited it is stored.
    """

    place = models.CharField("出处", max_length=60)
    fingerprint = models.CharField("指纹", max_length=16)
    text = models.TextField("当时的文字")
    first_shown_at = models.DateTimeField("首次引用时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "引用过的文字"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["place", "fingerprint"], name="cited_wording_once_per_place")]

    def __str__(self) -> str:
        return f"{self.place} {self.fingerprint}"
