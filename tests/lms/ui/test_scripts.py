"""The participant's scripts stay small, plain ES2017, and need nothing that plain http takes away."""

import gzip
import re
from pathlib import Path

import pytest

from tests.lms.ui.stylesheet import STATIC

SCRIPTS = sorted((STATIC / "js").glob("*.js"))

LATER_THAN_ES2017 = {
    "optional chaining": r"\?\.(?!\d)",
    "nullish coalescing": r"\?\?",
    "module import": r"(?m)^\s*import\b|\bimport\s*\(",
    "module export": r"(?m)^\s*export\b",
    "class field": r"(?m)^\s+(static\s+|#)\w+\s*=",
    "object spread": r"[{,]\s*\.\.\.",
    "catch without a name": r"\bcatch\s*\{",
    "promise finally": r"\.finally\s*\(",
    "for await": r"\bfor\s+await\b",
    "numeric separator": r"\b\d+_\d+\b",
    "logical assignment": r"(\|\||&&)=",
    "replaceAll or at": r"\.(replaceAll|at)\s*\(",
}
GONE_ON_PLAIN_HTTP = ["randomUUID", "crypto.subtle", "serviceWorker", "navigator.locks", "caches."]
NEVER = ["eval(", "new Function", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"]


def code(path: Path) -> str:
    """The script without comments and with its strings emptied, so that words are not taken for syntax."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    text = re.sub(r"(?m)(^|[\s;{}])//.*$", r"\1", text)
    return re.sub(r"'(?:[^'\\\n]|\\.)*'", "''", text)


def test_there_are_scripts_to_look_at() -> None:
    assert [path.name for path in SCRIPTS] == ["answer.js", "fields.js", "guard.js", "notes.js", "outbox.js"]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
@pytest.mark.parametrize("feature", LATER_THAN_ES2017)
def test_no_syntax_after_es2017(path: Path, feature: str) -> None:
    assert re.search(LATER_THAN_ES2017[feature], code(path)) is None


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
@pytest.mark.parametrize("name", GONE_ON_PLAIN_HTTP)
def test_nothing_that_a_plain_http_address_lacks(path: Path, name: str) -> None:
    assert name not in code(path)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
@pytest.mark.parametrize("name", NEVER)
def test_no_text_becomes_code_or_markup(path: Path, name: str) -> None:
    assert name not in code(path)


def test_all_scripts_together_stay_below_twelve_kilobytes() -> None:
    assert sum(len(gzip.compress(path.read_bytes())) for path in SCRIPTS) <= 12 * 1024


def test_the_scan_sees_what_it_forbids() -> None:
    assert re.search(LATER_THAN_ES2017["optional chaining"], "a?.b")
    assert re.search(LATER_THAN_ES2017["optional chaining"], "a ?.5 : 1") is None
    assert re.search(LATER_THAN_ES2017["class field"], "class A {\n  static x = 1;\n}")
    assert re.search(LATER_THAN_ES2017["object spread"], "f({ ...a })")
