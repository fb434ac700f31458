"""Regulations and provisions: names, dates, and what the database itself refuses."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import translation

from assessments.enums import Attention, Known, Standing
from assessments.models import LegalBasis, Regulation
from tests.law import make_basis, make_regulation, revoke

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
TODAY = datetime.date(2026, 11, 30)


def test_a_citation_is_made_of_its_parts() -> None:
    make_basis("Penjelasan UU 6/2014 Ps 54 ayat (1) huruf b jo. UU 3/2024")
    assert LegalBasis.objects.get().citation == "Penjelasan UU 6/2014 Ps 54 ayat (1) huruf b jo. UU 3/2024"
    assert {each.name for each in Regulation.objects.all()} == {"UU 6/2014", "UU 3/2024"}


def test_mending_the_number_of_a_rule_mends_its_citations() -> None:
    basis, amended = make_basis("UU 3/2023 Ps 4"), make_basis("UU 6/2014 Ps 4 jo. UU 3/2023")
    regulation = make_regulation("UU 3/2023")
    regulation.year = 2024
    regulation.save()
    assert LegalBasis.objects.get(pk=basis.pk).citation == "UU 3/2024 Ps 4"
    assert LegalBasis.objects.get(pk=amended.pk).citation == "UU 6/2014 Ps 4 jo. UU 3/2024"


@pytest.mark.parametrize(
    ("begin", "end", "on", "standing"),
    [
        (None, None, TODAY, Standing.IN_FORCE),
        (TODAY, TODAY, TODAY, Standing.IN_FORCE),
        (TODAY + DAY, None, TODAY, Standing.NOT_YET),
        (None, TODAY - DAY, TODAY, Standing.REVOKED),
    ],
)
def test_a_provision_holds_between_its_days_and_with_its_regulation(
    begin: datetime.date | None, end: datetime.date | None, on: datetime.date, standing: Standing
) -> None:
    own = make_basis("UU 1/2020 Ps 1", valid_from=begin, valid_to=end)
    make_regulation("UU 2/2020", valid_from=begin, valid_to=end)
    through_rule = make_basis("UU 2/2020 Ps 1")
    for basis in own, through_rule:
        assert basis.standing(on) == standing
        assert (basis in LegalBasis.objects.in_force(on)) == (standing == Standing.IN_FORCE)
        assert (basis in LegalBasis.objects.revoked(on)) == (standing == Standing.REVOKED)


def test_in_force_and_revoked_are_never_both() -> None:
    make_basis("UU 1/2020 Ps 1", valid_to=TODAY - DAY)
    make_basis("UU 2/2020 Ps 1")
    revoke("UU 2/2020", last_day=TODAY - DAY)
    make_basis("UU 3/2020 Ps 1")
    assert [str(basis) for basis in LegalBasis.objects.in_force(TODAY)] == ["UU 3/2020 Ps 1"]
    assert LegalBasis.objects.revoked(TODAY).count() == 2


def test_the_gravest_reason_to_look_counts_once() -> None:
    made = {
        Attention.REVOKED: make_basis("UU 1/2020 Ps 1", valid_to=TODAY - DAY, recheck_on=TODAY),
        Attention.DUE: make_basis("UU 2/2020 Ps 1", recheck_on=TODAY, needs_check=True),
        Attention.NEVER: make_basis("UU 3/2020 Ps 1", checked_on=None),
        Attention.UNSURE: make_basis("UU 4/2020 Ps 1", needs_check=True),
        None: make_basis("UU 5/2020 Ps 1", recheck_on=TODAY + DAY),
    }
    for reason, basis in made.items():
        assert basis.attention(TODAY) == reason
        if reason:
            assert list(LegalBasis.objects.of_attention(TODAY, reason)) == [basis]
    assert made[None] not in LegalBasis.objects.of_attention(TODAY)
    assert LegalBasis.objects.of_attention(TODAY).count() == 4
    assert list(LegalBasis.objects.due_for_check(TODAY)) == [made[Attention.REVOKED], made[Attention.DUE]]


@pytest.mark.parametrize(
    "fields", [{"needs_check": True}, {"overdue": True}, {"known": Known.SECONDARY}, {"known": Known.MEMORY}]
)
def test_what_is_not_sure_is_marked(fields: dict[str, object]) -> None:
    assert make_basis("UU 1/2020 Ps 1", **fields).is_marked
    assert not make_basis("UU 2/2020 Ps 1").is_marked


def test_a_provision_names_its_successors_or_those_of_its_rule() -> None:
    old, other = make_basis("PP 43/2014 Ps 114"), make_basis("PP 43/2014 Ps 1")
    make_basis("PP 16/2026 Ps 146 ayat (4)", replaces=[old])
    make_basis("PP 16/2026 Ps 142 ayat (4)", replaces=[old])
    revoke("PP 43/2014", by="PP 16/2026")
    both = "PP 16/2026 Ps 142 ayat (4), PP 16/2026 Ps 146 ayat (4)"
    for asked in (LegalBasis.objects.with_rules(), LegalBasis.objects.with_rules().with_neighbours()):
        found = {basis.pk: basis.replacement for basis in asked}
        assert ", ".join(sorted(found[old.pk].split(", "))) == both
        assert found[other.pk] == "PP 16/2026"


def test_the_summary_is_told_in_the_language_of_the_reader() -> None:
    both = make_basis("UU 1/2020 Ps 1", summary="Isi.", summary_en="Content.")
    one = make_basis("UU 2/2020 Ps 1", summary="Isi.")
    with translation.override("en"):
        told = [(each.text, each.text_language) for each in (both, one)]
    assert told == [("Content.", "en"), ("Isi.", "id")]
    assert (both.text, both.text_language) == ("Isi.", "id")


def test_a_rule_that_another_revoked_ends_the_day_before_it() -> None:
    make_regulation("PP 16/2026", valid_from=datetime.date(2026, 3, 27))
    old = make_regulation("PP 43/2014")
    old.revoked_by = make_regulation("PP 16/2026")
    old.full_clean()
    assert old.valid_to == datetime.date(2026, 3, 26)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"valid_from": TODAY, "valid_to": TODAY - DAY}, "valid_to"),
        ({"recheck_on": datetime.date(2026, 11, 24)}, "recheck_on"),
        ({"part": "ayat 4"}, "article"),
        ({"article": "", "part": "ayat (4)"}, "article"),
        ({"article": "tujuh"}, "article"),
        ({"article": "2"}, "article"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(fields: dict[str, object], field: str) -> None:
    make_basis("UU 1/2020 Ps 2")
    basis = make_basis("UU 1/2020 Ps 1")
    for name, value in fields.items():
        setattr(basis, name, value)
    with pytest.raises(ValidationError) as refused:
        basis.full_clean()
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize("kind", ["uu", "Penjelasan", "PP Ps", "UU 6", ""])
def test_a_kind_is_written_as_in_citations(kind: str) -> None:
    with pytest.raises(ValidationError):
        Regulation(kind=kind, number=1, year=2020, title="A").full_clean()


def test_the_database_keeps_the_promises() -> None:
    basis, other = make_basis("UU 1/2020 Ps 1"), make_regulation("UU 2/2020")
    bases, rules = LegalBasis.objects.filter(pk=basis.pk), Regulation.objects.filter(pk=other.pk)
    broken = [
        lambda: bases.update(valid_from=TODAY, valid_to=TODAY - DAY),
        lambda: bases.update(recheck_on=basis.checked_on),
        lambda: bases.update(article="", part="ayat (1)"),
        lambda: bases.update(known="rumor"),
        lambda: bases.update(amended_by=basis.regulation),
        lambda: rules.update(revoked_by=other),
        lambda: rules.update(revoked_by=basis.regulation, valid_to=None),
        lambda: rules.update(kind="uu", number=1, year=2020),
        lambda: rules.update(number=0),
        lambda: Regulation.objects.create(kind="UU", number=1, year=2020, title="Lagi"),
    ]
    for break_it in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            break_it()
    with pytest.raises(ProtectedError):
        basis.regulation.delete()


def test_the_same_provision_cannot_stand_twice() -> None:
    basis = make_basis("UU 1/2020 Ps 1")
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalBasis(regulation=basis.regulation, article="1", summary="Lagi").save()


def test_laws_come_first_and_articles_by_number() -> None:
    names = ["Permendagri 1/2014", "PP 16/2026 Ps 9", "UU 6/2014 Ps 80", "UU 6/2014 Ps 9", "UU 3/2024"]
    made = [make_basis(name) for name in names]
    assert [str(each) for each in sorted(made, key=lambda basis: basis.sort_key)] == [
        "UU 6/2014 Ps 9",
        "UU 6/2014 Ps 80",
        "UU 3/2024",
        "PP 16/2026 Ps 9",
        "Permendagri 1/2014",
    ]


@pytest.mark.parametrize("annotated", [False, True])
def test_of_an_article_and_its_paragraphs_only_the_article_is_named_as_successor(annotated: bool) -> None:
    old = make_basis("PP 43/2014 Ps 100")
    for place in (
        "PP 16/2026",
        "PP 16/2026 Ps 121",
        "PP 16/2026 Ps 121 ayat (1)",
        "PP 16/2026 Ps 12",
        "UU 6/2014 Ps 79",
        "UU 6/2014 Ps 79 jo. UU 3/2024",
    ):
        make_basis(place, replaces=[old])
    asked = LegalBasis.objects.with_rules()
    found = (asked.with_neighbours() if annotated else asked).get(pk=old.pk)
    assert sorted(found.replacement.split(", ")) == [
        "PP 16/2026",
        "PP 16/2026 Ps 12",
        "PP 16/2026 Ps 121",
        "UU 6/2014 Ps 79",
        "UU 6/2014 Ps 79 jo. UU 3/2024",
    ]
