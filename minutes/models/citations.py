"""The text of a passage as it was when somebody was shown how to cite it."""

from django.db import models


class CitedText(models.Model):
    """One passage in one wording. Kept so that an old citation can show what it cited; says nothing of who cited."""

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
