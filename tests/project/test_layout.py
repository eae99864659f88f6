"""How the code is laid out: few modules beside one another, none too small to be worth a file, none too large."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = ("config", "desk", "pages", "api", "open_data", "search", "minutes")
# Django looks for these by their names.
NAMED_BY_DJANGO = {"__init__", "apps", "urls"}
MOST_BESIDE_PACKAGES = 8
FEWEST_LINES, MOST_LINES = 25, 400
LONGEST_TEMPLATE_LINE = 180
SMALL_FOR_A_REASON = {
    "config/wsgi.py": "gunicorn is given this name",
    "desk/accounts/passwords.py": "a validator that settings name; nobody would look for it beside the lockout",
    "desk/templatetags/dashboard.py": "templates load it by this name",
    "minutes/extraction/exceptions.py": "every reader raises them, none may import another",
    "minutes/signals.py": "search and open_data listen, and import nothing else of the records for it",
    "pages/coverage/views.py": "every package of pages has its views under this name",
}


def modules(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.py")) if path.stem not in NAMED_BY_DJANGO]


def folders() -> Iterator[Path]:
    for app in APPS:
        for path in [ROOT / app, *sorted((ROOT / app).rglob("*/"))]:
            if not {"migrations", "__pycache__"}.intersection(path.parts) and (path / "__init__.py").exists():
                yield path


def test_few_modules_stand_beside_packages():
    """A folder with packages has hardly any modules beside them."""
    crowded = {
        str(folder.relative_to(ROOT)): [path.stem for path in modules(folder)]
        for folder in folders()
        if any((each / "__init__.py").exists() and each.name != "management" for each in folder.iterdir())
        and len(modules(folder)) > MOST_BESIDE_PACKAGES
    }
    assert crowded == {}


def test_every_module_is_worth_a_file_and_can_be_read_at_once():
    lines = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for folder in folders()
        if folder.name != "commands"
        for path in modules(folder)
    }

    assert {name for name, count in lines.items() if count < FEWEST_LINES} == SMALL_FOR_A_REASON.keys()
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_every_package_says_what_lives_there():
    silent = [
        str(folder.relative_to(ROOT))
        for folder in folders()
        if folder.parent != ROOT
        and folder.name not in {"management", "commands", "templatetags"}
        and not (folder / "__init__.py").read_text("utf-8").startswith('"""')
    ]
    assert silent == []


def test_lines_of_templates_fit_a_screen():
    """Where white space would show, a line is broken within a tag."""
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "templates").rglob("*.html")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > LONGEST_TEMPLATE_LINE
    ]
    assert long == []
