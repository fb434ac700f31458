"""An import does what the plan says: all of it or nothing, and twice adds nobody."""

import datetime
import time
from collections import Counter
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.cohorts.domain import issue_cards
from lms.cohorts.imports import RowStatus, plan_import, read_sheet, run_import
from lms.cohorts.imports.columns import guess
from lms.cohorts.imports.reading import Rules
from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.queries import pin_state
from lms.people.domain import sign_in
from lms.people.models import ConsentRecord, Participant, RecordLogEntry
from lms.people.names import name_words
from tests.lms.cohorts.imports.lists import (
    ANASTASIA,
    HEADINGS,
    MARIA,
    YOSEF,
    as_xlsx,
    consent,
    known,
    plan_of,
    slow_hashes,
    statuses,
)

pytestmark = pytest.mark.django_db
NAMES = st.sampled_from(
    ["Maria Bete", "Ibu Maria Bete", "Bete Maria", "Yosef Bele", "Yosef Mali Bele", "Ana"]
)
FIRST = [
    "Maria",
    "Yosef",
    "Petrus",
    "Paulus",
    "Anastasia",
    "Kristina",
    "Yohanes",
    "Rosa",
    "Dominikus",
    "Adel",
]
SECOND = ["Mali", "Bere", "Bau", "Mau", "Asa", "Luan", "Seran", "Klau", "Nahak", "Bria", "Hoar", "Leki"]
THIRD = [
    "Bele",
    "Bete",
    "Lelo",
    "Manek",
    "Fahik",
    "Atok",
    "Suri",
    "Lopo",
    "Tallo",
    "Nono",
    "Usfinit",
    "Banusu",
]
FOURTH = ["", "Neno", "Sako"]
ROWS = st.lists(
    st.tuples(
        NAMES,
        st.sampled_from("LP"),
        st.sampled_from(["", "20", "70"]),
        st.just("warga"),
        st.just(""),
        st.sampled_from(["Liu", "dsn. liu", "LIU", "Pauk", ""]),
    ),
    max_size=8,
)


def test_the_import_registers_with_consent_and_enrols_without_any_pin(cohort: Cohort, staff: Any) -> None:
    given_at = timezone.now() - datetime.timedelta(days=3)
    with slow_hashes():
        done = run_import(plan=plan_of(cohort, MARIA, YOSEF), consent=consent(given_at=given_at), user=staff)
    assert (done.added, done.enrolled) == (2, 2)
    maria = Participant.objects.get(full_name="Maria Bete")
    assert (maria.sex, maria.age_band, maria.element, maria.dusun) == ("P", "31-45", "warga", "Liu")
    assert (maria.organisation, maria.village) == (cohort.organisation, cohort.village)
    assert (maria.pin_hash, maria.pin_serial, len(maria.code)) == ("", 0, 5)
    said = ConsentRecord.objects.get(participant=maria)
    assert (said.text_version, said.language, said.channel) == ("2026-1", "bfn", "kertas")
    assert (said.given_at, said.recorded_by) == (given_at, staff)
    assert set(Enrolment.objects.values_list("form_order", flat=True)) == {"AB", "BA"}
    assert Counter(RecordLogEntry.objects.values_list("action", flat=True)) == {
        "people.registered": 2,
        "cohorts.imported": 1,
    }


def test_nobody_signs_in_before_a_card_is_printed(cohort: Cohort, staff: Any) -> None:
    run_import(plan=plan_of(cohort, MARIA), consent=consent(), user=staff)
    maria = Participant.objects.get()
    with pytest.raises(ValidationError):
        sign_in(code=maria.code, pin="", device="laptop")
    [card] = issue_cards(cohort=cohort, participants=[maria], issued_by=staff, state=pin_state(cohort))
    assert sign_in(code=maria.code, pin=card.pin, device="laptop") == maria


def test_who_did_not_consent_is_not_taken(cohort: Cohort) -> None:
    rows = [(f"Orang {answer}", "P", "", "warga", "", "", answer) for answer in ("ya", "tidak", "")]
    plan = plan_of(cohort, *rows, headings=(*HEADINGS, "Persetujuan"))
    assert statuses(plan) == [RowStatus.NEW, RowStatus.REFUSED, RowStatus.REFUSED]


@pytest.mark.parametrize(
    "wrong", [{"channel": ""}, {"language": ""}, {"given_at": timezone.now() + datetime.timedelta(days=2)}]
)
def test_without_a_consent_that_can_be_one_nothing_is_kept(
    cohort: Cohort, staff: Any, wrong: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        run_import(plan=plan_of(cohort, MARIA), consent=consent(**wrong), user=staff)
    assert not Participant.objects.exists()


def test_a_plan_that_is_out_of_date_does_nothing(cohort: Cohort, staff: Any) -> None:
    plan = plan_of(cohort, MARIA, YOSEF)
    run_import(plan=plan_of(cohort, MARIA), consent=consent(), user=staff)
    with pytest.raises(ValidationError) as refused:
        run_import(plan=plan, consent=consent(), user=staff)
    assert refused.value.code == "changed"
    assert Participant.objects.count() == 1


def test_a_failure_at_the_end_takes_everything_back(
    cohort: Cohort, staff: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_said: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr("lms.cohorts.imports.deed.enrol_all", fail)
    with pytest.raises(ValidationError) as refused:
        run_import(plan=plan_of(cohort, MARIA, YOSEF), consent=consent(), user=staff)
    assert refused.value.code == "busy"
    assert not Participant.objects.exists()
    assert not ConsentRecord.objects.exists()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=ROWS, choices=st.dictionaries(st.integers(2, 9).map("r{}".format), st.just("new")))
def test_importing_twice_adds_nobody(cohort: Cohort, rows: Any, choices: dict[str, str]) -> None:
    Enrolment.objects.all().delete()
    ConsentRecord.objects.all().delete()
    Participant.objects.all().delete()
    if not rows:
        return
    first = plan_of(cohort, *rows, choices=choices)
    taken = run_import(plan=first, consent=consent(), user=None).added
    assert taken == Participant.objects.count() == Enrolment.objects.count() == len(first.to_add)
    again = plan_of(cohort, *rows)
    assert run_import(plan=again, consent=consent(), user=None).enrolled == 0
    assert Participant.objects.count() == taken
    # Who was added is found again without a question; of rows with one name the first ones are.
    times = Counter(name_words(row.name) for row in again.rows)
    added = {row.number for row in first.to_add if times[name_words(row.name)] == 1}
    assert all(row.status is RowStatus.THERE for row in again.rows if row.number in added)


def test_queries_do_not_grow_with_the_list(cohort: Cohort, staff: Any) -> None:
    def imported(*rows: Any) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as planning:
            plan = plan_of(cohort, *rows)
        with CaptureQueriesContext(connection) as doing:
            run_import(plan=plan, consent=consent(), user=staff)
        return len(planning), len(doing)

    imported(("Pertama", "L", "", "warga", "", ""))
    known(cohort, ANASTASIA)
    one = imported(ANASTASIA, MARIA)
    for name in ("Petrus", "Paulus", "Kristina"):
        known(cohort, (name, *MARIA[1:]))
    rows = [(name, *MARIA[1:]) for name in ("Petrus", "Paulus", "Kristina", "Rosa", "Adel", "Bernadus")]
    assert imported(*rows) == one


def test_three_thousand_rows_are_read_planned_and_imported_in_time(cohort: Cohort, staff: Any) -> None:
    hamlets = ("Liu", "dsn. Pauk", "Dusun Piebulak", "Nokar I", "Nokar II", "Henes")
    rows = [
        (f"{one} {two} {three} {four}", "LP"[at % 2], 18 + at % 60, "warga", "Petani", hamlets[at % 6])
        for at, (one, two, three, four) in enumerate(product(FIRST, SECOND, THIRD, FOURTH))
    ][:3000]
    data = as_xlsx([HEADINGS, *rows])
    start = time.process_time()
    plan = plan_import(
        cohort=cohort,
        sheet=(sheet := read_sheet(data)),
        rules=Rules(guess(sheet.headings), cohort.village, cohort.starts_on),
        choices={f"r{number}": "new" for number, _cells in sheet.rows},
    )
    done = run_import(plan=plan, consent=consent(), user=staff)
    assert time.process_time() - start < 15
    assert done.added == 3000
