"""Alerts."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class Alert(models.Model):
    """A search that somebody wants to be notified about.

    The address is stored nowhere else, so it is deleted with the row.
    """

    # A random key: the URL that ends an alert reveals nothing about others.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("电子邮箱", max_length=254)
    conditions = models.CharField("检索条件", max_length=2000)
    # The site's URL when the alert was requested, for links in messages.
    site = models.URLField("网址", max_length=300)
    created_at = models.DateTimeField("提出时间", auto_now_add=True)
    asked_at = models.DateTimeField("最近提出时间", default=timezone.now)
    confirmation_sent_at = models.DateTimeField("确认邮件发出时间", null=True, blank=True)
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    # Everything published until then was sent, or is older than the alert.
    covered_until = models.DateTimeField("已通知到", null=True, blank=True)
    sent_on = models.DateField("最近发送", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "邮件订阅"
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["email", "conditions"], name="alert_once_per_address")]

    def __str__(self) -> str:
        return self.conditions or "全部议题"
