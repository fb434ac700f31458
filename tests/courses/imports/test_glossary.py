"""Terms come from a file, once; what people change or delete stays so."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from courses.imports.glossary import load_glossary, read_glossary
from courses.imports.pages import Tally
from courses.models import GlossaryPage, GlossaryTerm
from tests.courses.conftest import Load

TERMS = """\
- slug: musdes
  term: Musdes
  expansion: Musyawarah Desa
  meaning: Musyawarah untuk hal penting bagi desa.
  meaning_en: The deliberation on what matters to the village.
  term_en: village deliberation
- slug: bpd
  term: BPD
  meaning: Lembaga wakil warga.
  tetun: konsellu
"""

Read = Callable[[str], list[dict[str, str]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def write_and_read(text: str) -> list[dict[str, str]]:
        (tmp_path / "glossary.yaml").write_text(text)
        return read_glossary(tmp_path)

    return write_and_read


def load(terms: list[dict[str, str]]) -> Tally:
    tally = Tally()
    load_glossary(tally, terms)
    return tally


def test_a_curriculum_without_glossary_has_no_terms(tmp_path: Path) -> None:
    assert read_glossary(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- slug: [", "Not valid YAML"),
        ("musdes: Musdes", "Not a list"),
        ("- slug: musdes\n  term: Musdes\n", "musdes: “meaning” is missing"),
        ("- term: Musdes\n  meaning: A.\n", "1: “slug” is missing"),
        ("- slug: Mus Des\n  term: A\n  meaning: A.\n", "Small letters"),
        ("- slug: a\n  term: A\n  meaning: A.\n  arti: A.\n", "“arti” is not a field"),
        (TERMS + TERMS, "“bpd” is there twice"),
        (f"- slug: a\n  term: {'a' * 81}\n  meaning: A.\n", "80"),
    ],
)
def test_a_malformed_glossary_is_refused_in_words(read: Read, text: str, words: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        read(text)
    assert words in caught.value.messages[0]
    assert caught.value.messages[0].startswith("glossary.yaml: ")


@pytest.mark.django_db
def test_loading_again_changes_nothing(read: Read) -> None:
    terms = read(TERMS)
    assert load(terms).created == ["glossary/musdes", "glossary/bpd"]
    assert GlossaryTerm.objects.get(slug="bpd").tetun == "konsellu"
    again = load(terms)
    assert (again.created, again.updated, again.kept) == ([], [], [])
    assert len(again.unchanged) == 2


@pytest.mark.django_db
def test_a_changed_file_reaches_an_untouched_term(read: Read) -> None:
    load(read(TERMS))
    assert load(read(TERMS.replace("wakil warga", "wakil semua warga"))).updated == ["glossary/bpd"]
    assert GlossaryTerm.objects.get(slug="bpd").meaning == "Lembaga wakil semua warga."


@pytest.mark.django_db
def test_what_a_person_changed_or_deleted_stays(read: Read) -> None:
    load(read(TERMS))
    GlossaryTerm.objects.filter(slug="bpd").update(meaning="Punya kami.")
    GlossaryTerm.objects.get(slug="musdes").delete()
    report = load(read(TERMS.replace("wakil warga", "lain")))
    assert sorted(name for name, _reason in report.kept) == ["glossary/bpd", "glossary/musdes"]
    assert [term.meaning for term in GlossaryTerm.objects.all()] == ["Punya kami."]


def test_the_load_makes_the_page_of_terms_in_both_languages(curriculum: Path, load: Load) -> None:
    (curriculum / "glossary.yaml").write_text(TERMS)
    load()
    assert sorted(GlossaryPage.objects.live().values_list("slug", flat=True)) == ["glossary", "istilah"]
    assert not load().has_changes
    assert load(check=True).terms.counts["unchanged"] == 2
