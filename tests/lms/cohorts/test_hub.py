"""Where the page of a training leads, in the order in which its people need it."""

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from lms.cohorts.models import Cohort, Quota
from tests.factories import EnrolmentFactory, MeetingFactory
from tests.lms.cohorts.attending import clock
from tests.lms.cohorts.pages import page

pytestmark = pytest.mark.django_db


def groups(client: Client, cohort: Cohort) -> list[Any]:
    body = BeautifulSoup(client.get(page("hub", cohort)).content, "html.parser")
    return body.select(".tc-ways details")


def ways(client: Client, cohort: Cohort) -> list[str]:
    return [link["href"] for group in groups(client, cohort) for link in group.select("a")]


@pytest.mark.parametrize(
    ("state", "first"),
    [
        ("rencana", "cohort:add_person"),
        ("buka", "cohort:add_person"),
        ("berlangsung", "learning_live:page"),
        ("tutup", "evaluation:cohort"),
    ],
)
def test_what_the_state_needs_is_open_and_comes_first(
    organiser: Client, cohort: Cohort, state: str, first: str
) -> None:
    Cohort.objects.update(state=state)
    open_one, *others = groups(organiser, cohort)
    assert open_one.has_attr("open")
    assert not any(other.has_attr("open") for other in others)
    assert len(others) == 2
    key = cohort.code if first == "evaluation:cohort" else cohort.pk
    assert open_one.find("a")["href"] == reverse(first, args=[key])


def test_no_address_is_offered_twice(organiser: Client, cohort: Cohort) -> None:
    found = ways(organiser, cohort)
    assert len(found) == len(set(found))
    assert page("cards", cohort) in found
    assert not any(address.endswith("/kertas/") for address in found), "papers lead there"


def test_the_attendance_of_today_comes_first(trainer: Client, cohort: Cohort) -> None:
    day = cohort.starts_on
    yesterday, today, tomorrow = (
        MeetingFactory(cohort=cohort, title=title, held_on=day + datetime.timedelta(days))
        for title, days in (("Kemarin", -1), ("Sekarang", 0), ("Besok", 1))
    )
    with clock(9):
        found = ways(trainer, cohort)
    assert found[0] == page("attendance", cohort, today.pk)
    offered = [page("attendance", cohort, each.pk) for each in (yesterday, tomorrow)]
    assert not set(offered) & set(found)


def test_between_meetings_the_next_one_is_offered(trainer: Client, cohort: Cohort) -> None:
    day = cohort.starts_on
    later, soon = (MeetingFactory(cohort=cohort, held_on=day + datetime.timedelta(days)) for days in (7, 3))
    with clock(9):
        found = ways(trainer, cohort)
    assert found[0] == page("attendance", cohort, soon.pk)
    assert page("attendance", cohort, later.pk) not in found


def test_numbers_tell_sexes_and_elements_planned_or_not(organiser: Client, cohort: Cohort) -> None:
    Quota.objects.create(cohort=cohort, element="bpd", planned=3)
    for element, sex in (("bpd", "L"), ("warga", "P"), ("warga", "P")):
        EnrolmentFactory(cohort=cohort, participant__element=element, participant__sex=sex)
    filled = organiser.get(page("hub", cohort)).context["filled"]
    assert (filled.people, filled.men, filled.women, filled.share) == (3, 1, 2, 66)
    assert [(place.planned, place.enrolled) for place in filled.places] == [(3, 1)]
    assert [place.enrolled for place in filled.unplanned] == [2]
