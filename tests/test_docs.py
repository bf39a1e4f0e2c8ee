"""What the README promises: an undocumented setting, command or option is a defect."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
OURS = {name: app for name, app in get_commands().items() if app in ("claims", "verification", "config")}


def test_every_setting_is_documented_and_nothing_else():
    read = set()
    for package in ("config", "claims", "verification"):
        for module in (ROOT / package).rglob("*.py"):
            read |= set(re.findall(r'env(?:iron)?\.\w+\(\s*"([A-Z_]+)"', module.read_text()))
    read.discard("DJANGO_SETTINGS_MODULE")
    table = README.split("## Settings")[1].split("###")[0]
    documented = set(re.findall(r"`([A-Z_]{4,})`", re.sub(r"\|[^|\n]*\|[^|\n]*\|$", "", table, flags=re.M)))
    assert read - documented == set()
    assert documented - read == set()


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_command_and_option_is_documented(name):
    assert f"`{name}" in README, f"manage.py {name} is not in README.md"
    parser = load_command_class(OURS[name], name).create_parser("manage.py", name)
    base = {"--help", "--version", "--verbosity", "--settings", "--pythonpath", "--traceback"}
    base |= {"--no-color", "--force-color", "--skip-checks", "-h", "-v"}
    options = {option for action in parser._actions for option in action.option_strings} - base
    missing = {option for option in options if f"{option} " not in README and f"{option}`" not in README}
    missing = {option for option in missing if f"{option}]" not in README}
    assert not missing, f"options of {name} that README.md does not name: {missing}"


def test_the_readme_names_no_path_that_is_not_there():
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / link).exists(), link


def test_the_top_level_is_as_agreed():
    allowed = {"manage.py", "README.md", "LICENSE", "Makefile", "pyproject.toml", "requirements.txt"}
    allowed |= {"claims", "verification", "config", "tests"}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - allowed == set()
