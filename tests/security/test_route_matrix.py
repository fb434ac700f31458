"""Every route of ours, for every role, answers as ``routes.yaml`` says, and looking changes nothing."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client

from assessments.models import AssessmentForm, Outcome, Question
from assessments.queries import load_questions
from lms.ui.policy import Route, all_routes
from tests.security.crawler import body_of
from tests.security.world import ROLES, World, client_of, make_world

pytestmark = pytest.mark.django_db

FILE = Path(__file__).with_name("routes.yaml")
TABLE: dict[str, Any] = yaml.safe_load(FILE.read_text())
METHODS = ("GET", "POST")
OURS = ("assessments", "courses", "home", "lms")
_WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO) "?(\w+)"?')


def is_ours(route: Route) -> bool:
    """Whether a route shows a view of ours, or a view of Wagtail's over a model of ours."""
    view = getattr(route.view, "view_class", route.view)
    model = getattr(route.view, "view_initkwargs", {}).get("model")
    homes = [thing.__module__ for thing in (view, model) if hasattr(thing, "__module__")]
    return any(home.split(".")[0] in OURS for home in homes)


OWN = [route.route for route in all_routes() if is_ours(route)]
STOCK = [route.route for route in all_routes() if not is_ours(route)]
_KIND = re.compile(r"(?<=^admin/questions/)(?!all/)[\w-]+(?=/)")


def kind_of_answer(response: HttpResponseBase) -> str:
    """A status, or for a redirect where it leads: ``in`` to sign in as participant, ``login`` as staff,
    ``home`` to the first page of the admin (Wagtail's way to say "not for you"), ``on`` elsewhere."""
    if response.status_code not in (301, 302, 303):
        return str(response.status_code)
    place = response["Location"]
    if place.startswith(("/masuk/", "/en/masuk/")):
        return "in"
    if place.startswith("/admin/login/"):
        return "login"
    return "home" if place == "/admin/" else "on"


@pytest.fixture
def world() -> World:
    return make_world()


def address_of(route: str, world: World) -> str:
    """The address of a route that names an object of the first organisation."""
    questions = load_questions(Question.objects.values_list("pk", flat=True)).values()
    kinds = {question.kind.replace("_", "-"): question.pk for question in questions}
    kind = re.search(r"questions/([\w-]+)/", route)
    page = world.cohort.course.get_descendants().last()
    by_place = {
        "angkatan/": world.cohort.pk,
        "cohorts/": world.cohort.pk,
        "peserta/": world.enrolment.participant_id,
        "desa/": world.cohort.village_id,
        "organisasi/": world.cohort.organisation_id,
        "assessments/": world.cohort.assessment_id,
        "assessment-forms/": AssessmentForm.objects.earliest("pk").pk,
        "users/": world.colleague.pk,
        "outcomes/": Outcome.objects.earliest("pk").pk,
        "questions/": kinds.get(kind[1]) if kind else None,
    }
    bare = route.removeprefix("admin/")
    known = {
        "attempt_id": world.attempt.pk,
        "name": "tidak-ada.png",
        "position": 1,
        "occasion": "pre",
        "page_id": page.pk,
        "action_id": world.action.pk,
        "cohort_id": world.cohort.pk,
        "certificate_id": world.certificate.pk,
        "enrolment_id": world.enrolment.pk,
        "enrolment": world.enrolment.pk,
        "meeting": world.meeting.pk,
        "code": world.cohort.code if "learning-results" in route else world.certificate.code,
        "pk": next((pk for place, pk in by_place.items() if bare.startswith(place)), None),
    }
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(known[found[1]]), route)


def ask(client: Client, method: str, address: str) -> tuple[str, set[str]]:
    """The answer, and the tables that were written; what was written is taken back."""
    cookies = client.cookies.copy()
    written: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        written.update(_WRITE.findall(sql))
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(note):
            response = getattr(client, method.lower())(address)
            body_of(response)
        transaction.set_rollback(True)
    client.cookies = cookies
    return kind_of_answer(response), written - {"django_session"}


def row_of(route: str) -> str:
    """The row of the table: the kinds of questions share theirs."""
    return re.sub(r"<(\w+):\w+>", r"<\1>", _KIND.sub("<kind>", route))


def expected(route: str, method: str, role: str) -> str:
    cells = str(TABLE["routes"][row_of(route)][method]).split()
    return cells[0] if len(cells) == 1 else cells[ROLES.index(role)]


def asked_by(role: str) -> list[str]:
    """Screens of questions are drawn by the same views for each kind: one kind is enough for who gets in."""
    gets_in = role in ("trainer", "superuser")
    return [route for route in OWN if not gets_in or _KIND.search(route) is None or "/single/" in route]


def addresses(route: str, world: World) -> list[str]:
    """The address, in each language if the page has several."""
    address = address_of(route, world)
    return [address] if route.startswith(("admin/", "healthz", "media/")) else [address, f"/en{address}"]


def test_the_table_names_every_route_of_ours_and_no_other() -> None:
    assert set(TABLE["routes"]) == {row_of(route) for route in OWN}


def test_every_row_has_a_cell_for_each_role() -> None:
    assert tuple(TABLE["roles"]) == ROLES
    rows = [(route, method) for route in TABLE["routes"] for method in METHODS]
    counts = {row: len(str(TABLE["routes"][row[0]][row[1]]).split()) for row in rows}
    assert {row: count for row, count in counts.items() if count not in (1, len(ROLES))} == {}


@pytest.mark.parametrize("role", ROLES)
def test_each_route_answers_each_role_as_the_table_says(world: World, role: str) -> None:
    client = client_of(role, world)
    surprises = []
    for route in asked_by(role):
        for method in METHODS:
            for address in addresses(route, world):
                told, written = ask(client, method, address)
                if told != expected(route, method, role):
                    surprises.append(f"{method} {address}: {told}, not {expected(route, method, role)}")
                if method == "GET" and not written <= set(TABLE["writes_on_get"].get(row_of(route), [])):
                    surprises.append(f"GET {address} writes {sorted(written)}")
    assert surprises == []


@pytest.mark.parametrize("role", ["anonymous", "own participant"])
def test_no_stock_page_of_the_admin_opens_to_strangers_and_participants(world: World, role: str) -> None:
    client = client_of(role, world)
    opened = {}
    for route in STOCK:
        if route.startswith("admin/") and "^" not in route:
            told, written = ask(client, "GET", "/" + re.sub(r"<[^>]+>", "1", route))
            if told != "login" or written:
                opened[route] = told
            assert not written
    assert opened == TABLE["open_in_admin"]
