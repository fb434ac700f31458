"""The interface is whole in Indonesian: every message of the source has its words, and they are compiled."""

import ast
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
OURS = ROOT / "locale/id/LC_MESSAGES/django.po"
WAGTAILS = ROOT / "locale/wagtail/id/LC_MESSAGES"
CATALOGUES = [OURS, WAGTAILS / "django.po", WAGTAILS / "djangojs.po"]
SOURCES = ("assessments", "courses", "home", "lms", "templates")

FIELD = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\]) (".*")$')
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|(?<!%)%[sd]|\{\w+\}|</?[a-z]+")
TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TEMPLATE_CALL = re.compile(rf"\b(_|[np]*gettext)\(({TEXT}(?:,\s*{TEXT})*)", re.DOTALL)

Key = tuple[str, str]  # context, message

GLOSSARY = {
    "Pre-test": "Tes awal",
    "Post-test": "Tes akhir",
    "Certificate": "Sertifikat",
    "Cohort": "Angkatan",
    "Course": "Pelatihan",
    "Attendance": "Kehadiran",
    "Present": "Hadir",
    "Late": "Terlambat",
    "Excused": "Izin",
    "Sick": "Sakit",
    "Absent": "Tanpa keterangan",
    "Participant": "Peserta",
    "Trainer": "Pelatih",
    "Organiser": "Penyelenggara",
    "Question": "Soal",
    "Learning outcomes": "Hasil belajar",
    "Follow-up plan": "Rencana Tindak Lanjut (RTL)",
    "Person in charge": "Penanggung jawab",
    "Deadline": "Tenggat",
    "Finding": "Temuan",
    "Mark as done": "Tandai selesai",
    "Sign in": "Masuk",
    "Sign out": "Keluar",
    "Cancel": "Batal",
    "Search": "Cari",
    # Wagtail's and Django's words, in our catalogue for them.
    "Save draft": "Simpan draf",
    "Publish": "Tayangkan",
    "Edit": "Ubah",
    "Delete": "Hapus",
    "Log out": "Keluar",
    "Old password": "Kata sandi lama",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a catalogue. Indonesian has one form for any number, so there is one text."""

    context: str
    message: str
    plural: str
    text: str
    is_fuzzy: bool

    @property
    def key(self) -> Key:
        return self.context, self.message


def entries_of(catalogue: Path) -> list[Entry]:
    """The messages of a .po file, without its header."""
    found = [_entry(block) for block in catalogue.read_text(encoding="utf-8").split("\n\n")]
    return [entry for entry in found if entry.message]


def _entry(block: str) -> Entry:
    fields: dict[str, str] = {}
    name, is_fuzzy = "", False
    for line in block.splitlines():
        if line.startswith("#"):
            is_fuzzy = is_fuzzy or (line.startswith("#,") and "fuzzy" in line)
        elif match := FIELD.match(line):
            name = match[1]
            fields[name] = ast.literal_eval(match[2])
        else:
            fields[name] += ast.literal_eval(line)
    text = fields.get("msgstr", fields.get("msgstr[0]", ""))
    return Entry(
        fields.get("msgctxt", ""), fields.get("msgid", ""), fields.get("msgid_plural", ""), text, is_fuzzy
    )


def messages_in_source() -> Iterator[tuple[Key, str]]:
    """Every message that our Python and our templates ask for, and where."""
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix == ".py":
                yield from ((key, str(path)) for key in _in_python(path.read_text(encoding="utf-8")))
            elif path.suffix == ".html":
                yield from ((key, str(path)) for key in _in_template(path.read_text(encoding="utf-8")))


def _in_python(source: str) -> Iterator[Key]:
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            function = names.get(node.func.id, "").removesuffix("_lazy")
            if function.endswith("gettext"):
                yield _key(function, [_constant(argument) for argument in node.args])


def _constant(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ""


def _in_template(source: str) -> Iterator[Key]:
    for function, arguments in TEMPLATE_CALL.findall(templatize(source)):
        yield _key(function, list(ast.literal_eval(f"({arguments},)")))


def _key(function: str, arguments: list[str]) -> Key:
    return (arguments[0], arguments[1]) if "p" in function else ("", arguments[0])


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
class TestCatalogue:
    def test_every_message_has_its_indonesian_words(self, catalogue: Path) -> None:
        entries = entries_of(catalogue)
        assert entries
        assert [entry.message for entry in entries if not entry.text.strip() or entry.is_fuzzy] == []

    def test_no_message_stands_twice(self, catalogue: Path) -> None:
        keys = [entry.key for entry in entries_of(catalogue)]
        assert len(keys) == len(set(keys))

    def test_placeholders_and_tags_are_those_of_the_message(self, catalogue: Path) -> None:
        for entry in entries_of(catalogue):
            asked = entry.plural or entry.message
            assert sorted(PLACEHOLDER.findall(entry.text)) == sorted(PLACEHOLDER.findall(asked)), asked

    def test_nobody_is_shouted_at(self, catalogue: Path) -> None:
        assert [entry.text for entry in entries_of(catalogue) if "!" in entry.text] == []

    def test_what_is_compiled_is_what_is_written(self, catalogue: Path) -> None:
        compiled = catalogue.with_suffix(".mo")
        entries = entries_of(catalogue)
        with compiled.open("rb") as file:
            words = GNUTranslations(file)
        for entry in entries:
            if entry.plural:
                said = words.ngettext(entry.message, entry.plural, 2)
            elif entry.context:
                said = words.pgettext(entry.context, entry.message)
            else:
                said = words.gettext(entry.message)
            assert said == entry.text
        # The header counts as one message of the compiled file.
        (count,) = struct.unpack("<I", compiled.read_bytes()[8:12])
        assert count == len(entries) + 1


def test_the_source_asks_for_no_message_that_the_catalogue_lacks() -> None:
    known = {entry.key for entry in entries_of(OURS)}
    assert [(key, place) for key, place in messages_in_source() if key not in known] == []


def test_the_catalogue_holds_no_message_that_the_source_has_dropped() -> None:
    asked = {key for key, _ in messages_in_source()}
    assert [entry.message for entry in entries_of(OURS) if entry.key not in asked] == []


@pytest.mark.parametrize(("message", "words"), GLOSSARY.items())
def test_people_read_the_words_of_the_glossary(message: str, words: str) -> None:
    with override("id"):
        assert gettext(message) == words


def test_people_who_choose_english_read_the_message_itself() -> None:
    with override("en"):
        assert gettext("Post-test") == "Post-test"


def wagtail_catalogues() -> list[Path]:
    """The English catalogues of the Wagtail apps that are installed: all words that they may show."""
    homes = [Path(config.path) for config in apps.get_app_configs() if config.name.startswith("wagtail")]
    return [file for home in homes for file in sorted((home / "locale/en/LC_MESSAGES").glob("*.po"))]


# Wagtail's own Indonesian covers about a third; a word that a new version brings must not stay English.
@pytest.mark.parametrize("catalogue", wagtail_catalogues(), ids=lambda path: f"{path.parts[-5]}-{path.stem}")
def test_every_word_of_the_admin_is_indonesian(catalogue: Path) -> None:
    theirs = catalogue.parents[2] / "id_ID/LC_MESSAGES" / catalogue.name
    sources = [file for file in (WAGTAILS / catalogue.name, theirs) if file.exists()]
    known = {entry.key for file in sources for entry in entries_of(file) if entry.text and not entry.is_fuzzy}
    assert [entry.message for entry in entries_of(catalogue) if entry.key not in known] == []
