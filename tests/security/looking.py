"""What can be looked at, and which canaries it shows."""

import io
import re
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import pypdf
from django.urls import reverse
from wagtail.models import Page

from assessments.models import Question, QuestionMedia
from assessments.queries import load_questions
from lms.certificates.models import Certificate
from lms.cohorts.models import Enrolment, ExperienceNote
from lms.followup.models import Action
from lms.learning.models import Attempt
from lms.ui.policy import WAGTAIL_ADMIN, WAGTAIL_CONTENT, all_routes
from tests.lms.learning.lessons import PRACTICE_BLOCK
from tests.security.canaries import found_in
from tests.security.crawler import Answer

Found = set[tuple[str, str]]
ALWAYS = [
    *("/", "/en/", "/masuk/", "/beranda/", "/periksa/", "/sitemap.xml", "/robots.txt", "/healthz"),
    *("/cari/?q=KENARI", "/search/?query=KENARI", "/?q=KENARI"),
]


def text_of(answer: Answer) -> str:
    """Headers and body, and what stands inside a PDF or a packed file (XLSX, ZIP)."""
    if answer.raw.startswith(b"%PDF"):
        pages = pypdf.PdfReader(io.BytesIO(answer.raw)).pages
        return answer.text + "".join(page.extract_text() for page in pages)
    if answer.raw.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(answer.raw)) as packed:
            return answer.text + "".join(packed.read(name).decode("latin-1") for name in packed.namelist())
    return answer.text


def leaks(answers: Iterable[Answer], allowed: Found = frozenset()) -> dict[str, Found]:  # type: ignore[assignment]
    """Canaries that may not be seen, by the address that showed them."""
    found = {f"{answer.method} {answer.address}": found_in(text_of(answer)) - allowed for answer in answers}
    return {address: canaries for address, canaries in found.items() if canaries}


def seen(answers: Iterable[Answer]) -> Found:
    """All canaries that these answers show."""
    # Not by address: what an address showed first is seen, whatever it shows later.
    return set().union(*(found_in(text_of(answer)) for answer in answers))


def arguments(route: str, enrolment: Enrolment) -> dict[str, Any]:
    """What the placeholders of a route stand for."""
    attempt = Attempt.objects.filter(enrolment=enrolment).order_by("-started_at").first()
    action = Action.objects.first()
    finding = enrolment.cohort.findings.first()
    note = ExperienceNote.objects.filter(cohort=enrolment.cohort).first()
    certificate = Certificate.objects.first()
    media = QuestionMedia.objects.first()
    assignment = enrolment.cohort.assignments.exclude(assessment=None).first()
    known = {
        "attempt_id": attempt.pk if attempt else uuid.uuid4(),
        "action_id": action.pk if action else uuid.uuid4(),
        "finding_id": finding.pk if finding else uuid.uuid4(),
        "note_id": note.pk if note else uuid.uuid4(),
        "key": uuid.uuid4(),
        "size": "small",
        "code": certificate.code if certificate else "A" * 26,
        "occasion": "practice" if "assessment_id" in route else "post",
        "assessment_id": assignment.assessment_id if assignment else 0,
        "media_id": media.pk if media else uuid.uuid4(),
        "file_id": uuid.uuid4(),
        "name": "tidak-ada.png",
        "position": 1,
        "block_id": PRACTICE_BLOCK,
        "page_id": enrolment.cohort.course.get_descendants().last().pk,
    }
    return {name: known[name] for name in re.findall(r"<\w+:(\w+)>", route)}


def named_addresses(enrolment: Enrolment) -> Iterator[str]:
    """Every route of ours outside the admin, in both languages."""
    for route in all_routes():
        if route.policy in (WAGTAIL_ADMIN, WAGTAIL_CONTENT):
            continue
        yield "/" + re.sub(r"<\w+:(\w+)>", "{\\1}", route.route).format(**arguments(route.route, enrolment))


def starts(enrolment: Enrolment) -> list[str]:
    return [*ALWAYS, *named_addresses(enrolment)]


def admin_addresses() -> Iterator[str]:
    """Where the keys and the previews of pages are, for who may see them."""
    for question in load_questions(Question.objects.values_list("pk", flat=True)).values():
        for action in ("inspect", "edit", "preview", "delete"):
            yield reverse(f"questions_{question.kind}:{action}", args=[question.pk])
    yield reverse("questions_all:index")
    for page in Page.objects.filter(depth__gt=1):
        for name in ("edit", "preview_on_edit", "view_draft"):
            yield reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
    yield f"{reverse('wagtailadmin_pages:search')}?q=KENARI"
