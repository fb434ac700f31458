"""Every route of ours, for every role, answers as ``routes.yaml`` says, and looking changes nothing."""

import functools
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from wagtail.documents import get_document_model

from assessments.models import AssessmentForm, LegalBasis, Outcome, Question, QuestionMedia
from courses.models import GlossaryTerm
from lms.learning.desk.marking import lot_of
from lms.people.management.roles import set_up_roles
from lms.ui.policy import Route, all_routes
from tests.factories import ALL_MAKERS, make_staff
from tests.law import make_basis
from tests.security.crawler import body_of
from tests.security.world import OTHER_TRAINER, ROLES, World, client_of, make_world

pytestmark = pytest.mark.django_db

FILE = Path(__file__).with_name("routes.yaml")
TABLE: dict[str, Any] = yaml.safe_load(FILE.read_text())
METHODS = ("GET", "POST")
# That somebody is here, and at which page, is written wherever a participant goes.
SIGNS_OF_LIFE = {"django_session", "people_presence", "people_device"}
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
    made = make_world()
    set_up_roles()
    author = make_staff("penulis-soal")
    law = make_basis("UU 6/2014 Ps 3")
    for record in (law, law.regulation):
        record.save_revision(user=author)
    there = of_each_kind(made)
    for kind, make in ALL_MAKERS.items():
        if kind.replace("_", "-") not in there:
            make(f"MATRIKS-{kind}")
    for basis in LegalBasis.objects.select_related("regulation"):
        basis.save_revision()
        basis.regulation.save_revision()
    of_each_kind.cache_clear()
    for question in of_each_kind(made).values():
        question.save_revision(user=author, clean=False)
        question.get_workflow().start(question, author)
    QuestionMedia.objects.create(
        kind="image", title="Peta", file=ContentFile(b"gambar", "peta.png"), content_type="image/png"
    )
    GlossaryTerm.objects.create(slug="musdes", term="Musdes", meaning="Musyawarah desa.")
    of_each_kind.cache_clear()
    library = made.cohort.organisation.library.collection
    surat = ContentFile(b"%PDF-1.7 %%EOF", "surat.pdf")
    get_document_model().objects.create(title="Surat", file=surat, collection=library)
    return made


@functools.cache
def of_each_kind(world: World) -> dict[str, Question]:
    """A question of each kind, by the name that stands in addresses."""
    questions = Question.objects.order_by("pk")
    return {question.kind.replace("_", "-"): question for question in questions}


def address_of(route: str, world: World) -> str:
    """The address of a route that names an object of the first organisation."""
    kind = re.search(r"questions/([\w-]+)/", route)
    question = of_each_kind(world).get(kind[1]) if kind else None
    page = world.cohort.course.get_descendants().last()
    document = get_document_model().objects.first()
    law = LegalBasis.objects.select_related("regulation").earliest("pk")
    of_law = law.regulation if "peraturan" in route else law
    by_place = {
        "angkatan/": world.cohort.pk,
        "cohorts/": world.cohort.pk,
        "program/": world.programme.pk,
        "peserta/": world.enrolment.participant_id,
        "desa/": world.cohort.village_id,
        "organisasi/": world.cohort.organisation_id,
        "kop-surat/": world.letterhead.pk,
        "assessments/": world.cohort.assessment_id,
        "assessment-forms/": AssessmentForm.objects.earliest("pk").pk,
        "users/": world.colleague.pk,
        "outcomes/": Outcome.objects.earliest("pk").pk,
        "questions/": question.pk if question else None,
        "foto-berita/": world.picture.pk,
        "question-media/": QuestionMedia.objects.filter(title="Peta").values_list("pk", flat=True).first(),
        "snippets/courses/glossaryterm/": GlossaryTerm.objects.values_list("pk", flat=True).first(),
        "dasar-hukum/peraturan/": law.regulation_id,
        "dasar-hukum/": law.pk,
        "snippets/choose/assessments/regulation/": law.regulation_id,
        "istilah/": GlossaryTerm.objects.values_list("pk", flat=True).first(),
        # Of the bank for tests, so it cannot be chosen for a lesson.
        "latihan/": Question.objects.earliest("pk").pk,
        "rekaman/": "tidak-ada",
        "film/": "tidak-ada",
        # Pictures are tried in test_media_libraries.py.
        "api/main/^images/": 0,
        "api/main/^documents/": document.pk if document else None,
        **world.papers.by_place(),
    }
    bare = route.removeprefix("admin/")
    known = {
        "image_id": 0,
        "attempt_id": world.attempt.pk,
        "assessment_id": world.cohort.assessment_id,
        "file_id": uuid.UUID(int=0),
        "media_id": uuid.UUID(int=0),
        "name": "tidak-ada.png",
        "token": "tidak-ada",
        "letter": "A",
        "paper": "jadwal",
        "task": "pre",
        "form_id": AssessmentForm.objects.earliest("pk").pk,
        "position": 1,
        "occasion": "pre",
        "block_id": uuid.UUID(int=0),
        "page_id": world.cohort.course_id if bare.startswith("pelatihan/") else page.pk,
        "module_id": world.cohort.course.get_children().first().pk,
        "action_id": world.action.pk,
        "finding_id": world.finding.pk,
        "pledge_sheet": world.pledge_sheet.pk,
        "scan_id": world.papers.scan.pk,
        "list_id": world.papers.names.pk,
        "other": world.merge.kept_id,
        "record_id": world.merge.pk,
        "note_id": world.note.pk,
        "key": world.picture.key,
        "size": "small",
        "cohort_id": world.cohort.pk,
        "certificate_id": world.certificate.pk,
        "enrolment_id": world.enrolment.pk,
        "enrolment": world.enrolment.pk,
        "meeting": world.meeting.pk,
        "sheet": world.sheet.pk,
        "kind": "ketentuan" if "aturan-berubah" in route else "csv",
        "rule_id": world.rule.pk,
        "action": "pause",
        "question_id": world.to_mark.question_id,
        "corrected_id": world.to_mark.question_id,
        "lot": lot_of(world.to_mark),
        "response_file_id": world.file.pk,
        "regrade_id": world.regrade.pk,
        "code": world.cohort.code if "learning-results" in route else world.certificate.code,
        "revision_id": (question or of_law).latest_revision_id,
        "revision_id_a": "live",
        "revision_id_b": "latest",
        "task_state_id": question.current_workflow_task_state.pk if question else None,
        "task_id": question.current_workflow_task.pk if question else None,
        "workflow_state_id": question.current_workflow_state.pk if question else None,
        "action_name": "approve",
        "pk": next((pk for place, pk in by_place.items() if bare.startswith(place)), None),
    }
    # The API's own router writes its patterns as regular expressions.
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(known[found[1]]), route).replace("^", "")


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
    return kind_of_answer(response), written - SIGNS_OF_LIFE


def row_of(route: str) -> str:
    """The row of the table: the kinds of questions share theirs."""
    return re.sub(r"<(\w+):\w+>", r"<\1>", _KIND.sub("<kind>", route))


def expected(route: str, method: str, role: str) -> str:
    cells = str(TABLE["routes"][row_of(route)][method]).split()
    return cells[0] if len(cells) == 1 else cells[ROLES.index(role)]


def asked_by(role: str) -> list[str]:
    """Screens of questions are drawn by the same views for each kind, and Wagtail itself asks for a sign-in:
    one kind is enough for all but staff whom only the permission of each kind keeps out."""
    every_kind = role == "staff without permissions"
    return [route for route in OWN if every_kind or _KIND.search(route) is None or "/single/" in route]


def addresses(route: str, world: World) -> list[str]:
    """The address, in each language if the page has several."""
    address = address_of(route, world)
    return (
        [address]
        if route.startswith(("admin/", "healthz", "media/", "foto-berita/"))
        else [address, f"/en{address}"]
    )


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


# Lists that are printed as they are seen: that trainer sees none of their records, as a foreign organiser.
_NOTHING_TO_PRINT = {
    f"admin/{records}/cetak/": "other organiser"
    for records in ("berita-acara", "warga-belum-berkelompok", "kaji-data", "telaah-regulasi")
}
# Below these addresses stand the shared bank, the library, villages and accounts, not a training's records.
_SHARED = (
    # About a rule; whose names are shown is told in tests/lms/learning/test_learners_pages.py.
    "admin/aturan-berubah/",
    "admin/api/",
    "admin/assessments/",
    "admin/assessment-forms/",
    "admin/bentuk-tes/",
    "admin/dasar-hukum/",
    "admin/desa/",
    "admin/film/",
    "admin/istilah/",
    "admin/latihan/",
    "admin/outcomes/",
    "admin/panduan/",
    "admin/pelajaran/",
    "admin/pelatihan/",
    "admin/organisasi/",
    "admin/question",
    "admin/rekaman/",
    "admin/snippets/choose/",
    "admin/snippets/courses/",
    "admin/users/",
)
_CLOSED_DOORS = {"404", "home", "in", "login", "401", "405"}


def carries_a_training(route: str) -> bool:
    """Whether the address names a record of the first training, or one that only it has."""
    return "<" in route and route.startswith("admin/") and not route.startswith(_SHARED)


def test_a_trainer_of_another_training_meets_no_record_of_this_one(world: World) -> None:
    client = client_of(OTHER_TRAINER, world)
    surprises = []
    for route in asked_by(OTHER_TRAINER):
        for method in METHODS:
            for address in addresses(route, world):
                told, written = ask(client, method, address)
                as_trainer = expected(route, method, _NOTHING_TO_PRINT.get(route, "trainer"))
                if carries_a_training(route):
                    fits = told in _CLOSED_DOORS and not written
                else:
                    fits = told == as_trainer
                if not fits:
                    surprises.append(f"{method} {address}: {told}; the trainer: {as_trainer}")
    assert not surprises, surprises


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
