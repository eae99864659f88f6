"""The tables as CSV files in one ZIP, with a README and a data dictionary."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from open_data.spreadsheets import BYTE_ORDER_MARK, write_line
from open_data.sqlite_file import dictionary
from open_data.tables import TABLES, Table


class CsvFiles:
    """One file per table in a temporary folder, until they are packed."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._open = ExitStack()
        self._files = {table: self._begin(f"{table.name}.csv") for table in TABLES}
        for table, file in self._files.items():
            write_line(file, [column.name for column in table.columns])

    def _begin(self, name: str) -> Any:
        file = self._open.enter_context((self._folder / name).open("w", encoding="utf-8", newline=""))
        file.write(BYTE_ORDER_MARK)
        return file

    def add(self, table: Table, row: list[Any]) -> None:
        write_line(self._files[table], row)

    def pack(self, path: Path, at: datetime.datetime, counts: Mapping[str, int]) -> None:
        """Pack the tables with their data dictionary and a README into a ZIP."""
        columns = self._begin("columns.csv")
        write_line(columns, ["table", "column", "meaning"])
        for line in dictionary():
            write_line(columns, line)
        self.close()
        tables = [{"table": table, "count": counts[table.name]} for table in TABLES]
        readme = render_to_string("open_data/readme.md", {"tables": tables, "at": at})
        (self._folder / "README.md").write_text(readme, encoding="utf-8")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(self._folder.iterdir()):
                archive.write(file, file.name)

    def close(self) -> None:
        self._open.close()
