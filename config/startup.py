"""Startup checks: data directory, secret key, and safe production settings."""

import os
import secrets
import tempfile
from pathlib import Path

from minutes.messages import translate as _

MAKE_A_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
SHORTEST_SECRET_KEY = 50
FEWEST_DIFFERENT_CHARACTERS = 5


def stored_key(path: Path) -> str:
    """Return the secret key in this file; create it on the first start."""
    if not path.exists():
        store_new_key(path)
    return path.read_text(encoding="ascii").strip()


def store_new_key(path: Path) -> None:
    """Write a new key; if two processes start at once, the first to link it wins."""
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".secret_key")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(unfinished)


def directory_for_data(path: Path) -> Path:
    """Create the data directory if missing, accessible to its owner only.

    The umask of this process is set accordingly: the database contains password hashes, keys and unpublished data.
    """
    os.umask(0o077)
    try:
        path.mkdir(parents=True, exist_ok=True)
        close_to_others(path)
    except OSError as problem:
        raise SystemExit(
            _(
                "The data directory {path} cannot be created ({reason}): set ARCHIVE_VAR_DIR to a directory "
                "writable for this user.",
                path=path,
                reason=problem.strerror,
            )
        ) from None
    return path


def close_to_others(path: Path) -> None:
    """Remove access of other users left by earlier versions or another umask.

    Folders of other users are left unchanged.
    """
    for each in (path, *path.glob("*.sqlite3*")):
        if each.stat().st_mode & 0o077 and each.stat().st_uid == os.geteuid():
            each.chmod(0o700 if each.is_dir() else 0o600)


def refuse_unsafe_production(*, secret_key: str, debug: bool, allowed_hosts: list[str]) -> None:
    """Exit with one sentence per missing or unsafe setting.

    It ends the process instead of raising, so that manage.py, gunicorn and the worker all say the same
    sentence and no traceback around it.
    """
    problems = [*key_problems(secret_key), *debug_problems(debug), *host_problems(allowed_hosts)]
    if problems:
        raise SystemExit("\n".join(problems))


def key_problems(key: str) -> list[str]:
    if not key:
        return [
            _("ARCHIVE_SECRET_KEY is not set: set it to a secret of your own, made by {command}", command=MAKE_A_KEY)
        ]
    if len(key) < SHORTEST_SECRET_KEY or len(set(key)) < FEWEST_DIFFERENT_CHARACTERS:
        return [
            _(
                "ARCHIVE_SECRET_KEY is too easy to guess ({length} characters): "
                "set it to at least {shortest} random characters, made by {command}",
                length=len(key),
                shortest=SHORTEST_SECRET_KEY,
                command=MAKE_A_KEY,
            )
        ]
    return []


def debug_problems(debug: bool) -> list[str]:
    if debug:
        return [_("ARCHIVE_DEBUG is on and would show the archive's inside to everybody: unset ARCHIVE_DEBUG.")]
    return []


def host_problems(hosts: list[str]) -> list[str]:
    if not hosts:
        return [_("ARCHIVE_ALLOWED_HOSTS is not set: set it to the archive's own names, such as minutes.example.org")]
    if "*" in hosts:
        return [_("ARCHIVE_ALLOWED_HOSTS is *, which lets anybody forge links: set it to the archive's own names.")]
    return []
