"""What the worker is asked to do, under a name of our own: that of the library has no Chinese one."""

from django_tasks_db.models import DBTaskResult


class Job(DBTaskResult):
    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "后台任务"
        default_permissions = ()
