"""No template without a reader: each is named by a literal of the code or of another template, or by a package."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT: Path = settings.BASE_DIR
TEMPLATES = ROOT / "templates"
ROOMS = ("sportello", "candidates", "employers", "matching", "reports")

BY_STATUS = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
"""Django, and allauth for 429, find them by the status of an answer."""
PACKAGES = ("account", "allauth", "mfa", "usersessions", "socialaccount")
"""Folders whose names packages look up: a file there replaces one of theirs."""


def sources() -> str:
    """The code and the templates themselves, without the tests: what only a test names is dead too."""
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    found += [path for kind in ("html", "txt") for path in TEMPLATES.rglob(f"*.{kind}")]
    return "\n".join(path.read_text(encoding="utf-8") for path in found)


def named(text: str) -> set[str]:
    """Literals that look like the name of a template; with a `{template}` inside, all that the name may become."""
    literals = set(re.findall(r"""["']([\w./{}-]+\.(?:html|txt))["']""", text))
    endings = {literal for literal in literals if "{" in literal}
    words = set(re.findall(r"""template(?:: str)? ?= ?["'](\w+)["']""", text))
    return literals - endings | {re.sub(r"\{\w+\}", word, literal) for literal in endings for word in words}


def ours() -> set[str]:
    return {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file()}


def replaced(name: str) -> bool:
    """Whether a package has a template of that name, which ours stands before."""
    folders = [Path(config.path) / "templates" for config in apps.get_app_configs()]
    return any((folder / name).is_file() for folder in folders)


def test_every_template_has_a_reader() -> None:
    unread = ours() - named(sources()) - BY_STATUS
    assert sorted(name for name in unread if name.split("/")[0] not in PACKAGES or not replaced(name)) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('render(request, "pacts/pact_list.html")', {"pacts/pact_list.html"}),
        ("{% include 'includes/pager.html' %}", {"includes/pager.html"}),
        ('template: str = "one"\nf"rooms/{template}.html"\ntemplate="two"', {"rooms/one.html", "rooms/two.html"}),
        ("# pacts/pact_list.html is gone", set()),
    ],
)
def test_a_reader_is_a_literal(text: str, names: set[str]) -> None:
    assert named(text) == names
