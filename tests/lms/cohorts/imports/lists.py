"""Lists of people as files, and the parts of an import in one call."""

import csv
import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from unittest import mock

from django.utils import timezone
from openpyxl import Workbook

from lms.cohorts.imports import Column, Plan, RowStatus, plan_import, read_sheet
from lms.cohorts.imports.columns import guess
from lms.cohorts.imports.reading import Rules
from lms.cohorts.models import Cohort
from lms.people.domain import Consent
from lms.people.models import Participant
from tests.factories import ParticipantFactory

HEADINGS = ("Nama Lengkap", "L/P", "Umur", "Unsur", "Jabatan", "Dusun")
MARIA = ("Maria Bete", "P", "34", "warga", "Petani", "Liu")
YOSEF = ("Yosef Mali Bele", "L", "51", "pemdes", "Sekdes", "Pauk")
ANASTASIA = ("Anastasia", "P", "", "kader", "Kader Posyandu", "Liu")


def as_csv(rows: Iterable[Sequence[Any]], separator: str = ";") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode()


def as_xlsx(rows: Iterable[Sequence[Any]], merged: Iterable[str] = ()) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for span in merged:
        book.active.merge_cells(span)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plan_of(
    cohort: Cohort,
    *rows: Sequence[Any],
    headings: Sequence[str] = HEADINGS,
    choices: Mapping[str, str] | None = None,
    columns: list[Column] | None = None,
    **rules: Any,
) -> Plan:
    sheet = read_sheet(as_csv([headings, *rows]))
    said = {"village": cohort.village, "on": cohort.starts_on, **rules}
    return plan_import(
        cohort=cohort,
        sheet=sheet,
        rules=Rules(columns=columns or guess(sheet.headings), **said),
        choices=choices,
    )


def consent(**changes: Any) -> Consent:
    given_at = timezone.now() - datetime.timedelta(days=2)
    said = {"text_version": "2026-1", "language": "bfn", "channel": "kertas", "given_at": given_at}
    return Consent(**{**said, **changes})


def slow_hashes() -> Any:
    """Makes hashing a PIN fail: an import does none."""
    return mock.patch("lms.people.domain.registration.make_password", side_effect=AssertionError)


def known(cohort: Cohort, row: tuple[str, ...] = MARIA, **changes: Any) -> Participant:
    name, sex, _age, element, role, dusun = row
    facts = {"full_name": name, "sex": sex, "element": element, "role": role, "dusun": dusun, **changes}
    return ParticipantFactory(organisation=cohort.organisation, village=cohort.village, **facts)


def statuses(plan: Any) -> list[RowStatus]:
    return [row.status for row in plan.rows]
