"""What an export holds, told beside its files."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict, dataclass

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One file of an export: how large, of what content, and how many records it holds of each kind."""

    name: str
    size: int
    sha256: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an export holds. `withdrawn` are the meetings reduced to a tombstone, `database` what it was made from."""

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
        told = json.loads(text)
        return cls(
            generated_at=datetime.datetime.fromisoformat(told["generated_at"]),
            files=[ExportedFile(**file) for file in told["files"]],
            withdrawn=told["withdrawn"],
            database=told.get("database", ""),
        )
