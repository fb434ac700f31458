"""What an import says it would do with each row of a list."""

from typing import Any

import pytest

from lms.cohorts.imports import Column, RowStatus, run_import
from lms.cohorts.models import Cohort, Enrolment
from lms.people.models import ConsentRecord, Participant
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    OrganisationFactory,
    ParticipantFactory,
    VillageFactory,
)
from tests.lms.cohorts.imports.lists import (
    ANASTASIA,
    HEADINGS,
    MARIA,
    YOSEF,
    consent,
    known,
    plan_of,
    statuses,
)

pytestmark = pytest.mark.django_db


def test_the_plan_of_a_new_list_writes_nothing(cohort: Cohort) -> None:
    plan = plan_of(cohort, MARIA, YOSEF, ANASTASIA)
    assert statuses(plan) == [RowStatus.NEW] * 3
    assert plan.takes == 3
    assert not Participant.objects.exists()


def test_rows_that_cannot_be_taken_say_why_and_the_others_are_taken(cohort: Cohort, staff: Any) -> None:
    plan = plan_of(
        cohort,
        MARIA,
        ("", "P", "", "warga", "", "Liu"),
        ("Yosef", "", "", "warga", "", "Liu"),
        ("Ana", "P", "31 Juni 1980", "warga", "", "Liu"),
        ("Petrus", "L", "", "", "Sopir", "Liu"),
        ("N" * 121, "L", "", "warga", "", "Liu"),
        ("Kristina", "x", "300", "warga", "", "Liu"),
    )
    assert statuses(plan) == [RowStatus.NEW] + [RowStatus.REFUSED] * 6
    assert all(row.remarks for row in plan.rows[1:])
    assert "31 Juni 1980" in plan.rows[3].remarks[0]
    assert len(plan.rows[6].remarks) == 2
    assert run_import(plan=plan, consent=consent(), user=staff).added == 1


def test_the_organiser_says_what_rows_without_an_element_are(cohort: Cohort) -> None:
    row = ("Petrus", "L", "", "", "Sopir", "Liu")
    assert statuses(plan_of(cohort, row)) == [RowStatus.REFUSED]
    plan = plan_of(cohort, row, element="warga")
    assert plan.rows[0].person is not None
    assert plan.rows[0].person.element == "warga"


def test_without_a_column_of_names_nothing_is_planned(cohort: Cohort) -> None:
    plan = plan_of(cohort, MARIA, columns=[Column.UNREAD, Column.SEX, *[Column.UNREAD] * 4])
    assert plan.rules.missing == [str(Column.FULL_NAME.label)]
    assert plan.rows == []


def test_spellings_of_a_hamlet_become_the_one_that_is_known(cohort: Cohort) -> None:
    known(cohort, dusun="Liu", full_name="Seseorang")
    known(cohort, dusun="Piebulak", full_name="Seorang Lain")
    rows = [(f"Orang {name}", "P", "", "warga", "", name) for name in ("Dusun Liu", "dsn. liu", "LIU", "Liu")]
    plan = plan_of(cohort, *rows, ("Dekat", "P", "", "warga", "", "Peibulak"))
    assert [row.person.dusun for row in plan.rows] == ["Liu"] * 4 + ["Peibulak"]
    assert [bool(row.remarks) for row in plan.rows] == [True, True, True, False, True]
    assert "Piebulak" in plan.rows[4].remarks[0]


def test_a_rare_spelling_of_a_first_list_is_asked_about(cohort: Cohort) -> None:
    """Nobody is known yet: the spelling that the list has most often is what others are compared with."""
    names = ("Peibulak", "Piebulak", "Pauk", "Pie Bulak")
    plan = plan_of(cohort, *[(f"Orang {name}", "P", "", "warga", "", name) for name in names])
    assert [row.person.dusun for row in plan.rows] == ["Peibulak", "Piebulak", "Pauk", "Piebulak"]
    assert [bool(row.remarks) for row in plan.rows] == [True, False, False, True]
    assert "“Piebulak”?" in plan.rows[0].remarks[0]


def test_who_is_enrolled_already_stays_and_is_not_added(cohort: Cohort, staff: Any) -> None:
    EnrolmentFactory(cohort=cohort, participant=known(cohort))
    plan = plan_of(cohort, MARIA)
    assert statuses(plan) == [RowStatus.THERE]
    assert run_import(plan=plan, consent=consent(), user=staff).enrolled == 0
    assert not ConsentRecord.objects.exists()


def test_a_returning_person_of_whom_nothing_differs_is_enrolled_with_the_new_consent(
    cohort: Cohort, staff: Any
) -> None:
    maria = known(cohort)
    plan = plan_of(cohort, MARIA)
    assert statuses(plan) == [RowStatus.KNOWN]
    assert run_import(plan=plan, consent=consent(), user=staff).added == 0
    assert Enrolment.objects.get(cohort=cohort).participant == maria
    assert ConsentRecord.objects.get().participant == maria


def test_the_organiser_may_say_that_a_known_name_is_a_namesake(cohort: Cohort, staff: Any) -> None:
    EnrolmentFactory(cohort=cohort, participant=known(cohort))
    run_import(plan=plan_of(cohort, MARIA, choices={"r2": "new"}), consent=consent(), user=staff)
    assert Participant.objects.filter(full_name="Maria Bete").count() == 2


def test_a_likely_duplicate_waits_for_a_choice_and_follows_it(cohort: Cohort, staff: Any) -> None:
    yosef = known(cohort, YOSEF, full_name="Joseph M. Bele")
    plan = plan_of(cohort, YOSEF)
    assert statuses(plan) == [RowStatus.ASK]
    [one] = plan.rows[0].candidates
    assert (one.participant, one.differing) == (yosef, {"age_band"})
    assert run_import(plan=plan, consent=consent(), user=staff).enrolled == 0

    same = plan_of(cohort, YOSEF, choices={"r2": str(yosef.pk)})
    assert run_import(plan=same, consent=consent(), user=staff).added == 0
    assert Enrolment.objects.get().participant == yosef
    another = plan_of(cohort, YOSEF, choices={"r2": "new"})
    assert run_import(plan=another, consent=consent(), user=staff).added == 1


@pytest.mark.parametrize("choice", ["foreign", "not-a-key", "row99"])
def test_nobody_else_can_be_chosen_by_hand(cohort: Cohort, staff: Any, choice: str) -> None:
    known(cohort, YOSEF, full_name="Joseph Mali Bele")
    foreign = ParticipantFactory()
    sent = str(foreign.pk) if choice == "foreign" else choice
    plan = plan_of(cohort, YOSEF, choices={"r2": sent})
    assert statuses(plan) == [RowStatus.ASK]
    assert run_import(plan=plan, consent=consent(), user=staff).enrolled == 0


def test_a_row_that_stands_twice_is_asked_about(cohort: Cohort, staff: Any) -> None:
    assert statuses(plan_of(cohort, MARIA, MARIA)) == [RowStatus.NEW, RowStatus.ASK]
    same = plan_of(cohort, MARIA, MARIA, choices={"r3": "row2"})
    assert statuses(same) == [RowStatus.NEW, RowStatus.TWICE]
    namesakes = plan_of(cohort, MARIA, MARIA, choices={"r3": "new"})
    assert run_import(plan=namesakes, consent=consent(), user=staff).added == 2
    assert statuses(plan_of(cohort, MARIA, MARIA)) == [RowStatus.THERE] * 2


def test_people_of_another_organisation_are_never_named(cohort: Cohort) -> None:
    other = CohortFactory(organisation=OrganisationFactory(), village=cohort.village)
    known(other, MARIA)
    known(other, YOSEF, full_name="Joseph Mali Bele")
    plan = plan_of(cohort, MARIA, YOSEF)
    assert statuses(plan) == [RowStatus.NEW] * 2
    assert not any(row.candidates for row in plan.rows)


def test_a_village_is_named_or_it_is_that_of_the_training(cohort: Cohort) -> None:
    other = VillageFactory(name="Henes")
    VillageFactory(name="Kembar")
    VillageFactory(name="Kembar")
    headings = (*HEADINGS, "Desa")
    names = ("", f"Desa {cohort.village.name}", "DESA HENES", "Kembar", "Entah")
    rows = [(f"Orang {at}", "P", "", "warga", "", "", name) for at, name in enumerate(names)]
    plan = plan_of(cohort, *rows, headings=headings)
    assert [row.person.village if row.person else None for row in plan.rows] == [
        cohort.village,
        cohort.village,
        other,
        None,
        None,
    ]
    assert all(row.remarks for row in plan.rows[3:])


def test_access_needs_are_read_only_by_who_may_see_them(cohort: Cohort, staff: Any) -> None:
    row, headings = (*MARIA, "huruf besar"), (*HEADINGS, "Kebutuhan akses")
    assert plan_of(cohort, row, headings=headings).rows[0].person.access_needs == ""
    plan = plan_of(cohort, row, headings=headings, keeps_access_needs=True)
    run_import(plan=plan, consent=consent(), user=staff)
    assert Participant.objects.get().access_needs == "huruf besar"
