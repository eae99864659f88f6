"""Moves an archive from its SQLite file into PostgreSQL: manage.py move_archive"""

import tempfile
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from desk.backup import BackupError
from desk.backup.archive_file import is_a_file, read_archive_from
from desk.backup.manifest import DATABASE
from desk.backup.restore import is_in_use, prepare
from minutes.models import Correction, Meeting, SourceFile


class Command(BaseCommand):
    help = "Copies every record, history, user and file of an SQLite archive into the empty PostgreSQL database in use."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, help="the archive to move; by default the one in ARCHIVE_VAR_DIR"
        )

    def handle(self, *, file: Path | None, **options: object) -> None:
        file = file or settings.VAR_DIR / DATABASE
        if is_a_file():
            raise CommandError(
                "目标数据库还是 SQLite：请先把 ARCHIVE_DATABASE_URL 设为 PostgreSQL 的地址，再运行本命令。"
            )
        if not file.is_file():
            raise CommandError(f"没有找到要迁移的档案 {file}：请写出 archive.sqlite3 的路径。")
        try:
            call_command("migrate", interactive=False, verbosity=0)
            if is_in_use():
                raise CommandError("目标数据库里已有记录，没有改动任何内容：请换一个空的数据库。")
            with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix=".moving-") as aside:
                read_archive_from(prepare(file, Path(aside)))
        except (BackupError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"已迁移并逐行核对：会议 {Meeting.objects.count()} 次，文件 {SourceFile.objects.count()} 份，"
            f"更正 {Correction.objects.count()} 处，历史 {Correction.history.count()} 条，"
            f"用户 {get_user_model().objects.count()} 个。原来的 {file} 没有改动。"
        )
