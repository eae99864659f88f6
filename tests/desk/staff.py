"""People of the desk, with the roles that the migration made."""

from importlib import import_module

from django.apps import apps
from django.contrib.auth.models import Group, User

PASSWORD = "云川的河水向东流-2019"
ROLES = ("上传员", "编辑", "发布员", "管理员")


def somebody(name="闵若水", *roles, **facts) -> User:
    """Create a user with these roles and PASSWORD."""
    if not Group.objects.exists():
        # A test with a server empties every table when it ends.
        import_module("desk.migrations.0002_roles").make_roles(apps, None)
    user = User.objects.create_user(name, password=PASSWORD, **facts)
    user.groups.set(Group.objects.filter(name__in=roles))
    assert user.groups.count() == len(roles)
    return user
