"""Programmes, parties, contributors and places of a training."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from lms.cohorts.models import Cohort, Credit, Party, Programme, ProgrammeObjective, Quota
from lms.cohorts.queries.parties import Filled, parties_behind, places_filled
from lms.people.models import Organisation, RecordLogEntry
from tests.factories import CohortFactory, EnrolmentFactory, OrganisationFactory
from tests.lms.cohorts.pages import page
from tests.lms.cohorts.test_viewsets import children, edit, errors

pytestmark = pytest.mark.django_db

OBJECTIVES = [
    {"code": "TK1", "text": "Mengembangkan kader", "ORDER": 1},
    {"code": "TK2", "text": "Belajar dari pengalaman setempat", "ORDER": 2},
]


def programme_fields(**changes: Any) -> dict[str, Any]:
    own = {
        "title": "Penguatan Balai Rakyat",
        "general_objective": "Acuan keberadaan Balai Rakyat",
        "location": "lokasi GSC",
        "starts_year": 2017,
        "ends_year": 2019,
    }
    return {**own, **children("objectives", OBJECTIVES), **changes}


@pytest.fixture
def programme(organisation: Organisation) -> Programme:
    programme = Programme.objects.create(organisation=organisation, title="Penguatan Balai Rakyat")
    ProgrammeObjective.objects.create(programme=programme, code="TK1", text="Mengembangkan kader")
    return programme


def test_a_programme_is_written_down_with_its_objectives(organiser: Client, organisation: Any) -> None:
    response = organiser.post(reverse("programme:add"), programme_fields())
    assert response.status_code == 302, errors(response)
    made = Programme.objects.get()
    assert (made.organisation, made.location) == (organisation, "lokasi GSC")
    assert [(row.code, row.text) for row in made.objectives.all()] == [
        ("TK1", "Mengembangkan kader"),
        ("TK2", "Belajar dari pengalaman setempat"),
    ]
    assert RecordLogEntry.objects.for_instance(made).exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"ends_year": 2016},
        {"title": ""},
        {"starts_year": 201},
        children("objectives", [OBJECTIVES[0], OBJECTIVES[0]]),
    ],
)
def test_what_cannot_be_is_refused_in_words(organiser: Client, changes: dict[str, Any]) -> None:
    response = organiser.post(reverse("programme:add"), programme_fields(**changes))
    assert response.status_code == 200
    assert not Programme.objects.exists()


def test_a_title_is_used_once_in_an_organisation(organiser: Client, programme: Programme) -> None:
    response = organiser.post(reverse("programme:add"), programme_fields())
    assert response.status_code == 200
    assert Programme.objects.count() == 1


def test_programmes_of_other_organisations_are_not_there(
    organiser: Client, foreign_organiser: Client, trainer: Client, programme: Programme, cohort: Cohort
) -> None:
    for name in ("edit", "delete", "history"):
        assert foreign_organiser.get(reverse(f"programme:{name}", args=[programme.pk])).status_code == 404
    assert "Balai Rakyat" not in foreign_organiser.get(reverse("programme:index")).content.decode()
    assert "Balai Rakyat" in organiser.get(reverse("programme:index")).content.decode()
    assert trainer.get(reverse("programme:index")).status_code == 302


def test_a_programme_with_trainings_stays(organiser: Client, programme: Programme) -> None:
    CohortFactory(organisation=programme.organisation, programme=programme)
    organiser.post(reverse("programme:delete", args=[programme.pk]))
    assert Programme.objects.filter(pk=programme.pk).exists()


def test_a_training_takes_a_programme_of_its_own_organisation_only(
    organiser: Client, cohort: Cohort, programme: Programme
) -> None:
    foreign = Programme.objects.create(organisation=OrganisationFactory(), title="Asing")
    assert "Asing" not in organiser.get(reverse("cohort:edit", args=[cohort.pk])).content.decode()
    assert edit(organiser, cohort, programme=foreign.pk).status_code == 200
    assert edit(organiser, cohort, programme=programme.pk).status_code == 302
    cohort.refresh_from_db()
    assert cohort.programme == programme
    body = organiser.get(page("hub", cohort)).content.decode()
    assert "TK1: Mengembangkan kader" in body


def test_parties_are_named_by_their_part_in_the_given_order(organiser: Client, cohort: Cohort) -> None:
    parties = [
        {"name": "BPD Loonuna", "role": "penyelenggara", "ORDER": 2},
        {"name": "Pemerintah Desa Loonuna", "role": "penyelenggara", "ORDER": 1},
        {"name": "GSC", "role": "pendana", "ORDER": 3},
    ]
    credit = [{"name": "Alfons Karaen", "role": "Editor dan dokumentasi", "ORDER": 1}]
    response = edit(organiser, cohort, **children("parties", parties), **children("credits", credit))
    assert response.status_code == 302, errors(response)
    behind = parties_behind(cohort)
    assert behind.organisers == ("Pemerintah Desa Loonuna", "BPD Loonuna")
    assert (behind.partners, behind.funders) == ((), ("GSC",))
    assert behind.credits == (("Editor dan dokumentasi", "Alfons Karaen"),)
    body = organiser.get(page("hub", cohort)).content.decode()
    assert "Pemerintah Desa Loonuna, BPD Loonuna" in body
    assert "Alfons Karaen" in body


@pytest.mark.parametrize(
    ("prefix", "row", "model"),
    [
        ("parties", {"name": "GSC", "role": "mitra", "ORDER": 1}, Party),
        ("quotas", {"element": "bpd", "planned": 4}, Quota),
    ],
)
def test_the_same_row_twice_is_refused_in_words(
    prefix: str, row: dict[str, Any], model: Any, organiser: Client, cohort: Cohort
) -> None:
    assert edit(organiser, cohort, **children(prefix, [row, row])).status_code == 200
    assert not model.objects.exists()


def test_places_tell_what_is_missing_and_keep_nobody_out(organiser: Client, organisation: Any) -> None:
    cohort = CohortFactory(organisation=organisation, min_women_percent=40)
    Quota.objects.create(cohort=cohort, element="bpd", planned=3)
    Quota.objects.create(cohort=cohort, element="warga", planned=1)
    for element, sex in (("bpd", "L"), ("warga", "L"), ("warga", "P"), ("kader", "L")):
        EnrolmentFactory(cohort=cohort, participant__element=element, participant__sex=sex)
    filled = places_filled(cohort)
    assert [(place.planned, place.enrolled, place.missing) for place in filled.places] == [
        (3, 1, 2),
        (1, 2, 0),
    ]
    assert (filled.people, filled.women, filled.share, filled.women_missing) == (4, 1, 25, 1)
    body = organiser.get(page("hub", cohort)).content.decode()
    assert 'id="places"' in body


def test_without_a_plan_nothing_is_shown(organiser: Client, cohort: Cohort) -> None:
    EnrolmentFactory(cohort=cohort)
    assert 'id="places"' not in organiser.get(page("hub", cohort)).content.decode()


@given(people=st.integers(0, 200), women=st.integers(0, 200), percent=st.none() | st.integers(0, 99))
def test_so_many_more_women_make_the_share_and_one_fewer_does_not(
    people: int, women: int, percent: int | None
) -> None:
    women = min(women, people)
    filled = Filled((), people, women, percent)
    needed = filled.women_missing

    def reached(more: int) -> bool:
        return 100 * (women + more) >= (percent or 0) * (people + more)

    assert reached(needed)
    assert needed == 0 or not reached(needed - 1)


def test_the_page_costs_the_same_with_many_rows(organiser: Client, cohort: Cohort, programme: Any) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            organiser.get(page("hub", cohort))
        return len(queries)

    def more(number: int) -> None:
        Party.objects.create(cohort=cohort, name=f"Pihak {number}")
        Credit.objects.create(cohort=cohort, name=f"Orang {number}", role="Editor")
        Quota.objects.create(cohort=cohort, element=("bpd", "warga", "kader")[number], planned=2)
        ProgrammeObjective.objects.create(programme=programme, code=f"TK{number + 2}", text="Tujuan")

    Cohort.objects.filter(pk=cohort.pk).update(programme=programme)
    more(0)
    cost()
    one = cost()
    more(1)
    more(2)
    assert cost() == one
