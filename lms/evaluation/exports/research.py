"""Answers for researchers: a row for each person, test and question, under a pseudonym of its own.

Only people with a recorded consent, and nothing below five of them. No trait of a person (who had a test read
aloud is one, too), no name, no question and no key: who needs those asks the organiser. The pseudonyms are
not those of the other files, so that the two are not laid side by side by mistake.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from lms.cohorts.models import Cohort
from lms.evaluation.datasets.consents import consents_of
from lms.evaluation.datasets.sittings import Sittings, sittings_of
from lms.evaluation.datasets.version import data_version
from lms.evaluation.exports.codebook import codebook
from lms.evaluation.exports.files import note_export
from lms.evaluation.exports.tables import Cell, Sheet, xlsx
from lms.evaluation.stats.disclosure import MIN_SHOWN

ANSWERS = (
    "data_simulasi",
    "person",
    "wave",
    "form",
    "position",
    "item",
    "question",
    "points",
    "earned",
)
QUESTIONS = ("item", "question", "kind", "outcomes")


def export_research(*, cohort: Cohort, user: Any) -> bytes:
    """XLSX, logged as taken out by ``user``. ValidationError (``too_few``) below five people who agreed."""
    read, consents = sittings_of(cohort), consents_of(cohort)
    people = {one.enrolment for one in read.taken if one.enrolment in consents}
    if len(people) < MIN_SHOWN:
        raise ValidationError(
            _("Not enough data (fewer than 5 people with a test agreed to the use of their data)."),
            code="too_few",
        )
    version = data_version(cohort, read)
    today = timezone.localdate(timezone=ZoneInfo(cohort.village.time_zone))
    agreed = {key: consents[key] for key in people}
    sheets = [
        _about(cohort, read, agreed, version, today),
        _answers(cohort, read, agreed),
        _questions(read),
    ]
    simulated = cohort.is_simulated or any(person.is_simulated for person in read.people.values())
    note_export(version, cohort=cohort, user=user, kind="research")
    remark = _("Simulated data") if simulated else ""
    return xlsx([*sheets, codebook(sheets)], title=f"{cohort.code} · {version}", remark=remark)


def _about(cohort: Cohort, read: Sittings, agreed: Mapping[UUID, str], version: str, today: date) -> Sheet:
    rows: list[tuple[str, str, Cell]] = [
        ("code", _("Code"), cohort.code),
        ("as_of", _("As of"), today.isoformat()),
        ("data_version", _("Data version"), version),
        ("n_with_test", _("People with a test"), len({one.enrolment for one in read.taken})),
        ("n_agreed", _("Of these, in this file: people with a recorded consent"), len(agreed)),
    ]
    texts = Counter(agreed.values())
    if min(texts.values()) < MIN_SHOWN:
        # How many agreed to which text would single a few people out.
        names = ", ".join(sorted(texts))
        rows.append(("consent_texts", _("Versions of the text they agreed to"), names))
    else:
        rows += [
            (f"consent_{name}", _("People who agreed to text %(name)s") % {"name": name}, n)
            for name, n in sorted(texts.items())
        ]
    return Sheet("summary", _("Summary"), ("measure", "label", "value"), rows)


def _answers(cohort: Cohort, read: Sittings, agreed: Mapping[UUID, str]) -> Sheet:
    return Sheet("answers", _("Answers"), ANSWERS, sorted(_rows(cohort, read, agreed)))


def _rows(cohort: Cohort, read: Sittings, agreed: Mapping[UUID, str]) -> Iterator[tuple[Any, ...]]:
    for one in read.taken:
        if one.enrolment not in agreed:
            continue
        simulated = cohort.is_simulated or read.people[one.enrolment].is_simulated
        about = ("ya" if simulated else "tidak", _pseudonym(one.enrolment), one.occasion, one.form)
        for position, item in enumerate(one.items, start=1):
            line = read.questions[item.question]
            yield (*about, position, line.code, line.place, item.points, item.earned)


def _questions(read: Sittings) -> Sheet:
    rows = [
        (line.code, line.place, line.kind, ", ".join(one.code for one in read.outcomes.get(key, ())))
        for key, line in read.questions.items()
    ]
    return Sheet("questions", _("Questions"), QUESTIONS, sorted(rows))


def _pseudonym(enrolment: UUID) -> str:
    """The same for the same person in every file for research about this training."""
    return f"R-{salted_hmac('lms.evaluation.research', str(enrolment)).hexdigest()[:10]}"
