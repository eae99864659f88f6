"""The manifest beside the files of an export."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict, dataclass

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file of an export: name, size in bytes, SHA-256, and records of each kind."""

    name: str
    size: int
    sha256: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of an export.

    `withdrawn`: ids of the meetings reduced to a tombstone; `database`: id of the database exported.
    """

    generated_at: datetime.datetime
    files: list[ExportedFile]
    withdrawn: list[int]
    database: str = ""

    def as_json(self) -> str:
        """Serialize the manifest."""
        return json.dumps(asdict(self) | {"generated_at": self.generated_at.isoformat()}, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Parse a manifest file."""
        fields = json.loads(text)
        return cls(
            generated_at=datetime.datetime.fromisoformat(fields["generated_at"]),
            files=[ExportedFile(**file) for file in fields["files"]],
            withdrawn=fields["withdrawn"],
            database=fields.get("database", ""),
        )
