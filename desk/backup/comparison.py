"""Compare a backup with the archive: publications and accounts that change."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from desk.backup.verify import opened_for_reading

# Two rows are the same meeting if their ids, bodies, and either files or facts (kind, number, date) are equal.
MEETINGS = """
SELECT m.id, b.name, m.kind_text, m.number, m.doc_number, m.date, s.sha256, m.withdrawn_at, m.withdrawal_reason
FROM minutes_meeting m JOIN minutes_body b ON b.id = m.body_id JOIN minutes_sourcefile s ON s.id = m.source_id
WHERE m.status = ?
"""
ACCOUNTS = """
SELECT u.username, u.password, u.is_active, u.is_superuser,
  (SELECT group_concat(g.name) FROM auth_user_groups ug JOIN auth_group g ON g.id = ug.group_id
   WHERE ug.user_id = u.id),
  (SELECT group_concat(d.key) FROM otp_totp_totpdevice d WHERE d.user_id = u.id AND d.confirmed)
FROM auth_user u
"""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A meeting that is withdrawn in the archive and published in the backup."""

    meeting: int
    title: str
    withdrawn_at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Meetings withdrawn since the backup, and a sentence per changed account."""

    withdrawals: list[Withdrawal]
    accounts: list[str]


def compare(backup: Path, archive: Path) -> Comparison:
    """Compare a verified, migrated copy of a backup with the archive."""
    with opened_for_reading(backup) as then, opened_for_reading(archive) as now:
        return Comparison(withdrawals_since(then, now), list(account_changes(then, now)))


def withdrawals_since(then: sqlite3.Connection, now: sqlite3.Connection) -> list[Withdrawal]:
    public = {row[0]: row for row in then.execute(MEETINGS, ["published"])}
    found = []
    for row in now.execute(MEETINGS, ["withdrawn"]):
        was = public.get(row[0])
        if was and was[1] == row[1] and (was[2:6] == row[2:6] or was[6] == row[6]):
            title = f"{row[1]}{f'第{row[3]}次' if row[3] else ''}{row[2]}{row[4]}（{row[0]}）"
            found.append(Withdrawal(row[0], title, row[7], row[8]))
    return found


def account_changes(then: sqlite3.Connection, now: sqlite3.Connection):
    """Yield a sentence for each account of the backup with earlier credentials."""
    present = {row[0]: row[1:] for row in now.execute(ACCOUNTS)}
    for name, *was in then.execute(ACCOUNTS):
        if name not in present:
            yield f"{name}: comes back"
            continue
        password, active, superuser, groups, second_factor = present[name]
        changes = [
            *(["an earlier password is valid again"] if was[0] != password else []),
            *(["is active again"] if was[1] and not active else []),
            *(["is a superuser again"] if was[2] and not superuser else []),
            *(["has earlier roles again"] if was[3] != groups else []),
            *(["has an earlier second factor, or none, again"] if was[4] != second_factor else []),
        ]
        if changes:
            yield f"{name}: {', '.join(changes)}"
    for name in present.keys() - {row[0] for row in then.execute(ACCOUNTS)}:
        yield f"{name}: goes"


def keep_withdrawn(database: Path, withdrawals: list[Withdrawal]) -> None:
    """Withdraw these meetings in a copy of the backup, as in the archive."""
    connection = sqlite3.connect(database)
    with connection:
        connection.executemany(
            "UPDATE minutes_meeting SET status = 'withdrawn', withdrawn_at = ?, withdrawal_reason = ?, "
            "revision = revision + 1 WHERE id = ?",
            [(each.withdrawn_at, each.reason, each.meeting) for each in withdrawals],
        )
    connection.close()
