"""Place bodies in administrative divisions: manage.py divisions [FILE]"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from minutes.divisions.placement import candidates, get_or_create_division, place
from minutes.divisions.register import RegisterError, read_register
from minutes.models import Body


class Command(BaseCommand):
    help = (
        "把会议主体归入行政区划（省、市、县）。可另给一个 CSV 文件，补充名册里没有的区划（列：path,code,since,until）。"
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="补充名册的 CSV 文件")

    def handle(self, *, file: Path | None, **options: object) -> None:
        if file:
            self.load(file)
        for body in Body.objects.filter(division=None):
            place(body)
            if body.division is None:
                found = "、".join(" › ".join(entry.path) for entry in candidates(body.name)) or "名册中没有这个地名"
                self.stdout.write(f"未归入：{body}（{found}）。请在后台“会议主体”里选定。")

    def load(self, file: Path) -> None:
        try:
            for entry in read_register(file):
                get_or_create_division(entry)
        except (OSError, UnicodeDecodeError, RegisterError) as error:
            raise CommandError(f"无法读取名册 {file}：{error}") from error
