"""The documents tell the truth where a machine can see it: links, names, commands, words on the screen."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

from launcher.__main__ import RUN
from lms.conf import DEFAULTS

ROOT = Path(__file__).resolve().parents[2]
FEATURES, GUIDES = ROOT / "docs" / "features", ROOT / "docs" / "panduan"
PICTURES = GUIDES / "gambar"
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "courses/curriculum/README.md"]
)
OURS = [name for name in settings.INSTALLED_APPS if (ROOT / name.replace(".", "/")).is_dir()]

_TARGET = re.compile(r'\]\(([^)\s]+)\)|<img src="([^"]+)"')
_LABEL = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_CATALOGUE_ENTRY = re.compile(r'^msgstr(?:\[\d+\])? ((?:".*"\n?)+)', re.MULTILINE)


def name_of(document: Path) -> str:
    return str(document.relative_to(ROOT))


def targets_of(document: Path) -> Iterator[str]:
    for link, picture in _TARGET.findall(document.read_text()):
        target = link or picture
        if not target.startswith(("http://", "https://", "mailto:")):
            yield target


def anchors_of(document: Path) -> set[str]:
    """The anchors of its headings, made as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def problem_of(document: Path, target: str) -> str | None:
    path, _, anchor = target.partition("#")
    file = (document.parent / path).resolve() if path else document
    if not file.exists() or ROOT not in [file, *file.parents]:
        return f"{target} is not there"
    if anchor and anchor not in anchors_of(file):
        return f"{target} has no such heading"
    return None


def text_of(folder: Path) -> str:
    return "\n".join(document.read_text() for document in sorted(folder.glob("*.md")))


def words_on_screen() -> set[str]:
    """Every translated text of the interface, ours and Wagtail's, in small letters."""
    words = set()
    for catalogue in (ROOT / "locale").rglob("django.po"):
        for entry in _CATALOGUE_ENTRY.findall(catalogue.read_text()):
            words.add("".join(re.findall(r'"(.*)"', entry)).casefold())
    return words


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    problems = [problem_of(document, target) for target in targets_of(document)]
    assert [problem for problem in problems if problem] == []


def test_a_link_to_nothing_is_noticed() -> None:
    assert problem_of(FEATURES / "running.md", "not-there.md") == "not-there.md is not there"
    assert problem_of(FEATURES / "running.md", "running.md#nowhere") is not None
    assert problem_of(FEATURES / "running.md", "running.md#commands") is None


@pytest.mark.parametrize("app", OURS)
def test_every_app_of_ours_has_a_page_for_who_changes_it(app: str) -> None:
    assert f"`{app}`" in text_of(FEATURES)


def test_every_page_of_features_is_found_from_the_readme() -> None:
    linked = set(targets_of(ROOT / "README.md"))
    assert {f"docs/features/{page.name}" for page in FEATURES.glob("*.md")} <= linked


def test_commands_that_documents_name_exist() -> None:
    known = get_commands()
    text = "\n".join(document.read_text() for document in DOCUMENTS)
    named = set(re.findall(r"(?:manage\.py|\./run manage) ([a-z_]+)", text))
    assert named - set(known) == set()
    ways_to_run = set(re.findall(r"(?:`|^)\./run ([a-z]+)", text, re.MULTILINE))
    assert ways_to_run - set(RUN) == set()
    modules = set(re.findall(r"python -m (tests\.\w+)", text))
    assert modules, "the pictures' script is documented"
    assert [module for module in modules if importlib.util.find_spec(module) is None] == []


def test_every_command_and_setting_of_ours_is_documented() -> None:
    labels = {apps.get_app_config(name.rpartition(".")[2]).name for name in OURS}
    commands = {command for command, app in get_commands().items() if app in labels}
    text = text_of(FEATURES)
    running = (FEATURES / "running.md").read_text()
    settings_code = "\n".join(file.read_text() for file in (ROOT / "lms/settings").glob("*.py"))
    variables = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings_code))
    plugin = {f"LMS_{name}" for name in DEFAULTS}
    assert [command for command in sorted(commands) if command not in text] == []
    assert [name for name in sorted(variables | plugin | set(RUN)) if name not in running] == []


def test_every_picture_is_shown_by_a_guide_and_they_stay_light() -> None:
    shown = {
        (document.parent / target).resolve()
        for document in DOCUMENTS
        for target in targets_of(document)
        if target.endswith(".png")
    }
    pictures = set(PICTURES.iterdir())
    assert pictures == shown
    assert sum(picture.stat().st_size for picture in pictures) < 2_000_000


@pytest.mark.parametrize("guide", sorted(GUIDES.glob("*.md")), ids=name_of)
def test_words_that_a_guide_prints_in_bold_stand_on_the_screen(guide: Path) -> None:
    labels = {" ".join(label.split()) for label in _LABEL.findall(guide.read_text())}
    known = words_on_screen()
    assert [label for label in sorted(labels) if label.casefold() not in known] == []
