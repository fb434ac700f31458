"""Which words of a training still hold the year of another one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst

from lms.cohorts.models import Cohort, Credit, Meeting, Party
from lms.cohorts.models.years import stored
from lms.cohorts.years import StaleYear, stale_years

# Text that people read; the code is looked at too, because it stands in certificate numbers.
_OF_TRAINING = (
    "code",
    "title",
    "theme",
    "certificate_title",
    "expected_results",
    "venue",
    "issuer",
    "signatory_name",
    "signatory_title",
)


@dataclass(frozen=True, slots=True)
class StaleText:
    """A text with a year that fits neither the training nor its documents."""

    where: str
    text: str
    found: StaleYear
    # The year that the token would show.
    shown: int


def stale_texts(cohort: Cohort) -> list[StaleText]:
    """Every such text of a training, its meetings, parties and contributors. At most four queries.

    What was copied is compared with the training that it came from.
    """
    training, documents = cohort.years
    fitting = {*range(cohort.starts_on.year, cohort.ends_on.year + 1), documents}
    origin = cohort.copied_from
    formerly = origin.years if origin is not None else None
    shown = {"{tahun_pelaksanaan}": training, "{tahun_dokumen}": documents}
    return [
        StaleText(where, text, found, shown[found.token])
        for where, text in _texts(cohort)
        for found in stale_years(text, fitting=fitting, formerly=formerly)
    ]


def _texts(cohort: Cohort) -> Iterator[tuple[str, str]]:
    for name in _OF_TRAINING:
        yield capfirst(str(Cohort._meta.get_field(name).verbose_name)), stored(cohort, name)
    kinds: tuple[tuple[type[models.Model], str], ...] = (
        (Meeting, "title"),
        (Party, "name"),
        (Credit, "name"),
    )
    for kind, name in kinds:
        label: Any = kind._meta.verbose_name
        for row in kind._default_manager.filter(cohort=cohort):
            yield capfirst(str(label)), stored(row, name)
