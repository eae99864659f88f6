"""Serve the archive to assistant programs: manage.py mcp [--http HOST:PORT]"""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "MCP 服务：默认在标准输入输出上；--http 在一个地址上（只读，路径 /mcp）。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--http", metavar="HOST:PORT", help="在这个地址上提供，如 127.0.0.1:8010")

    def handle(self, *, http: str | None, **options: object) -> None:
        try:
            from api.mcp.server import make_server
        except ImportError as error:
            raise CommandError("没有安装 mcp：pip install --require-hashes -r requirements-mcp.txt") from error
        server = make_server()
        if http is None:
            server.run("stdio")
            return
        host, _, port = http.rpartition(":")
        if not host or not port.isdecimal():
            raise CommandError(f"--http {http}：请写成 HOST:PORT，如 127.0.0.1:8010。")
        server.run("streamable-http", host=host, port=int(port), stateless_http=True, json_response=True)
