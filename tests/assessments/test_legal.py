"""What the register says of citations, read as people write them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from assessments.legal import (
    Revocations,
    Revoked,
    linked_sources,
    problems_of_citations,
    resolve,
    revoked_rules,
)
from tests.law import make_basis, make_regulation, revoke

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 30)


@pytest.mark.parametrize(
    "citation",
    [
        "PP 43/2014 Ps 80",
        "PP No. 43/2014",
        "pp nomor 43 tahun 2014, Pasal 80",
        "Peraturan Pemerintah Nomor 43 Tahun 2014",
        "UU 6/2014 jo. PP 43/2014",
    ],
)
def test_a_revoked_rule_is_found_however_it_is_written(citation: str) -> None:
    """Also where no register was ever loaded."""
    assert revoked_rules(citation) == [Revoked("PP 43/2014", "PP 16/2026")]


@pytest.mark.parametrize(
    "citation", ["", "PP 16/2026 Ps 89(3)", "UU 43/2014", "PP 43/2015", "APP 43/2014", "PP 143/2014"]
)
def test_what_is_in_force_or_something_else_is_left_alone(citation: str) -> None:
    assert revoked_rules(citation) == []


def test_each_revoked_rule_is_named_once() -> None:
    found = revoked_rules("PP 43/2014 jo. PP 47/2015 jo. PP 11/2019; lihat PP 43/2014")
    assert [each.rule for each in found] == ["PP 43/2014", "PP 47/2015", "PP 11/2019"]


def test_a_revocation_written_by_staff_holds_at_once() -> None:
    make_regulation("Permendagri 84/2015")
    assert revoked_rules("Permendagri 84/2015 Ps 2") == []
    revoke("Permendagri 84/2015", by="Permendagri 9/2026")
    assert revoked_rules("Permendagri 84/2015 Ps 2") == [Revoked("Permendagri 84/2015", "Permendagri 9/2026")]


def test_the_register_goes_before_what_is_known_without_it() -> None:
    make_regulation("PP 43/2014")
    assert revoked_rules("PP 43/2014") == []


def test_a_rule_holds_until_the_end_of_its_last_day() -> None:
    revoke("PP 43/2014", by="PP 16/2026", last_day=TODAY)
    assert Revocations(TODAY).named_in("PP 43/2014") == []
    assert len(Revocations(TODAY + datetime.timedelta(days=1)).named_in("PP 43/2014")) == 1


def test_many_texts_read_the_register_once() -> None:
    revoke("PP 43/2014", by="PP 16/2026")
    revocations = Revocations()
    with CaptureQueriesContext(connection) as queries:
        for text in ("PP 43/2014", "UU 6/2014", "PP 43/2014 Ps 3"):
            revocations.named_in(text)
    assert len(queries) == 1


def test_a_reference_means_the_records_of_all_its_places() -> None:
    first, second = make_basis("UU 6/2014 Ps 54"), make_basis("UU 6/2014 Ps 55 huruf b")
    meant = resolve(["UU 6/2014 Ps 54, 55 huruf b", "UU 6/2014 Ps 54, 56", "Bahan program"])
    assert meant["UU 6/2014 Ps 54, 55 huruf b"].bases == (first, second)
    assert meant["UU 6/2014 Ps 54, 55 huruf b"].is_whole
    assert meant["UU 6/2014 Ps 54, 56"].missing == ("UU 6/2014 Ps 56",)
    assert not meant["UU 6/2014 Ps 54, 56"].is_whole
    assert (meant["Bahan program"].bases, meant["Bahan program"].missing) == ((), ())


def test_only_law_that_is_registered_becomes_a_link() -> None:
    basis = make_basis("UU 6/2014 Ps 54")
    rows = [{"ref": ref, "status": "verified"} for ref in ("UU 6/2014 Ps 54", "UU 6/2014 Ps 9", "Temuan")]
    assert linked_sources(rows) == ([basis], rows[1:])


def problems(*citations: str) -> list[tuple[str, str]]:
    with translation.override("en"):
        found = problems_of_citations(citations, on=TODAY)
    return [(problem.code, problem.citation) for problem in found]


def test_problems_of_citations_are_told_in_their_order() -> None:
    old, due = make_basis("PP 43/2014 Ps 80"), datetime.date(2026, 11, 30)
    revoke("PP 43/2014", by="PP 16/2026")
    make_basis("UU 6/2014 Ps 3")
    make_basis("UU 6/2014 Ps 4", checked_on=None)
    make_basis("UU 6/2014 Ps 5", recheck_on=due)
    make_basis("UU 6/2014 Ps 6", recheck_on=due + datetime.timedelta(days=1))
    make_basis("UU 9/2027 Ps 1", valid_from=datetime.date(2027, 1, 1))
    assert problems(
        "Adat", "PP 43/2014 Ps 80", "UU 6/2014 Ps 3, 4", "UU 6/2014 Ps 5", "UU 6/2014 Ps 6", "UU 9/2027 Ps 1",
        "UU 1/1999",
    ) == [
        ("unreadable", "Adat"),
        ("revoked", old.citation),
        ("unchecked", "UU 6/2014 Ps 4"),
        ("due", "UU 6/2014 Ps 5"),
        ("not_yet", "UU 9/2027 Ps 1"),
        ("unknown", "UU 1/1999"),
    ]  # fmt: skip


def test_a_revoked_rule_is_told_with_its_successor() -> None:
    old = make_basis("PP 43/2014 Ps 115")
    make_basis("PP 16/2026 Ps 143 ayat (2)", replaces=[old])
    revoke("PP 43/2014", by="PP 16/2026")
    with translation.override("en"):
        [problem] = problems_of_citations(["PP 43/2014 Ps 115"], on=TODAY)
    assert problem.text == "PP 43/2014 Ps 115 is revoked. PP 16/2026 Ps 143 ayat (2) is in its place."


def test_problems_of_many_citations_ask_as_much_as_those_of_one() -> None:
    counts = []
    for number in (1, 3):
        names = [make_basis(f"UU {number}/2014 Ps {article}").citation for article in range(number)]
        with CaptureQueriesContext(connection) as queries:
            problems_of_citations(names)
        counts.append(len(queries))
    assert counts[0] == counts[1] == 2
