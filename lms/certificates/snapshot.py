"""What is printed on a certificate, frozen when it is issued."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from courses.queries import outline_of
from lms.certificates.codes import grouped
from lms.certificates.wording import (
    date_in_words,
    dates_in_words,
    kind_in_words,
    place_in_words,
    printable,
)
from lms.cohorts.models import Cohort, Enrolment
from lms.conf import setting

LONGEST_NAME = 120
LONGEST_LINE = 200


def take_snapshot(*, enrolment: Enrolment, number: str, code: str, issued_on: date) -> dict[str, Any]:
    """Everything that the template prints, as plain JSON. Later changes of names or titles leave it alone."""
    cohort, person = enrolment.cohort, enrolment.participant
    kind = kind_in_words(post_test_passed=cohort.require_post_test)
    return {
        "version": 1,
        "kind": f"Sertifikat {kind}",
        "kind_words": kind,
        "number": number,
        "code": code,
        "code_words": grouped(code),
        "name": printable(person.certificate_name, longest=LONGEST_NAME),
        "description": _line(", ".join(part for part in (person.role, person.village.name) if part)),
        "title": _line(cohort.printed_title),
        "theme": _line(cohort.theme),
        "starts_on": cohort.starts_on.isoformat(),
        "ends_on": cohort.ends_on.isoformat(),
        "dates": dates_in_words(cohort.starts_on, cohort.ends_on),
        "place": _line(_place(cohort)),
        "lesson_hours": cohort.lesson_hours,
        "issuer": _line(cohort.issuer or cohort.organisation.name),
        "issued_on": issued_on.isoformat(),
        "issued": f"{_line(cohort.village.name)}, {date_in_words(issued_on)}",
        "signatory_name": _line(cohort.signatory_name),
        "signatory_title": _line(cohort.signatory_title),
        "is_simulated": cohort.is_simulated or person.is_simulated,
        **_curriculum(cohort),
        **_verification(code),
    }


def _line(text: str) -> str:
    return printable(text, longest=LONGEST_LINE)


def _place(cohort: Cohort) -> str:
    village = cohort.village
    return place_in_words(
        venue=cohort.venue, village=village.name, district=village.district, regency=village.regency
    )


def _curriculum(cohort: Cohort) -> dict[str, Any]:
    """The modules with their lesson hours. A short training credits fewer hours than its curriculum has;
    then the back says both figures rather than one that contradicts the front."""
    modules = [
        {"title": _line(module.page.title), "lesson_hours": module.page.lesson_hours}
        for module in outline_of(cohort.course).modules
    ] or [{"title": _line(cohort.course.title), "lesson_hours": cohort.lesson_hours}]
    total = sum(module["lesson_hours"] for module in modules)
    agrees = total == cohort.lesson_hours
    credited = f"Jam pelajaran yang diakui pada sertifikat ini: {cohort.lesson_hours} JP. "
    return {
        "modules": modules,
        "modules_total": total,
        "hours_heading": "JP" if agrees else "JP kurikulum",
        "total_label": "Jumlah jam pelajaran" if agrees else "Jumlah jam pelajaran dalam kurikulum",
        "hours_note": ("" if agrees else credited) + "1 JP = 45 menit.",
    }


def _verification(code: str) -> dict[str, str]:
    """Where a reader can check, if the installation can be reached from outside at all."""
    site = setting("PUBLIC_ADDRESS").rstrip("/")
    if not site.startswith(("https://", "http://")):
        return {"verify_url": "", "verify_site": ""}
    with translation.override(settings.LANGUAGE_CODE):
        page = reverse("certificates:verify", args=[code])
        form = reverse("certificates:check")
    return {"verify_url": site + page, "verify_site": site + form}
