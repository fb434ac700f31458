"""The workbook to fill in, and what becomes of what is written into it."""

import datetime
import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from lms.cohorts.imports import Column, RowStatus, plan_import, read_sheet, template_workbook
from lms.cohorts.imports.columns import HEADINGS as TEMPLATE_HEADINGS
from lms.cohorts.imports.columns import guess
from lms.cohorts.imports.reading import Rules
from lms.cohorts.models import Cohort
from tests.lms.cohorts.imports.lists import (
    as_xlsx,
    statuses,
)

pytestmark = pytest.mark.django_db


def test_the_template_can_be_filled_in_and_imported(cohort: Cohort) -> None:
    book = load_workbook(io.BytesIO(template_workbook(hamlets=["Liu"], with_access_needs=True)))
    assert book.sheetnames[:3] == ["Peserta", "Contoh", "Petunjuk"]
    example = [cell.value for cell in book["Contoh"][2]]
    assert len(book["Peserta"].data_validations.dataValidation) == 4
    for place, value in enumerate(example, start=1):
        book["Peserta"].cell(2, place, value)
    out = io.BytesIO()
    book.save(out)

    sheet = read_sheet(out.getvalue())
    plan = plan_import(
        cohort=cohort,
        sheet=sheet,
        rules=Rules(guess(sheet.headings), cohort.village, cohort.starts_on, keeps_access_needs=True),
    )
    [row] = plan.rows
    assert (row.status, row.remarks) == (RowStatus.NEW, [])
    person = row.person
    assert person is not None
    assert (person.full_name, person.sex, person.age_band) == ("Anastasia", "P", "31-45")
    assert (person.element, person.dusun, person.access_needs) == ("kader", "Pauk", "huruf besar")


def test_an_empty_template_has_nobody_in_it() -> None:
    with pytest.raises(ValidationError):
        read_sheet(template_workbook(hamlets=[], with_access_needs=False))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    people=st.lists(
        st.fixed_dictionaries(
            {
                Column.FULL_NAME: st.sampled_from(["Anastasia", "Yosef Mali Bele", "Maria Bete"]),
                Column.SEX: st.sampled_from("LP"),
                Column.AGE: st.sampled_from(["", 34, "12-05-1980", datetime.datetime(1980, 5, 12)]),
                Column.ELEMENT: st.sampled_from(["warga", "Kader", "bpd"]),
                Column.DUSUN: st.sampled_from(["", "Liu", "Liu II"]),
                Column.CONSENT: st.just("ya"),
            }
        ),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_into_the_template_is_what_is_planned(cohort: Cohort, people: Any) -> None:
    columns = list(TEMPLATE_HEADINGS)
    rows = [[one.get(column) for column in columns] for one in people]
    sheet = read_sheet(as_xlsx([list(TEMPLATE_HEADINGS.values()), *rows]))
    plan = plan_import(
        cohort=cohort, sheet=sheet, rules=Rules(guess(sheet.headings), cohort.village, cohort.starts_on)
    )
    assert [row.person.full_name for row in plan.rows] == [one[Column.FULL_NAME] for one in people]
    assert [row.person.sex for row in plan.rows] == [one[Column.SEX] for one in people]
    assert [row.person.dusun for row in plan.rows] == [one[Column.DUSUN] for one in people]
    assert RowStatus.REFUSED not in statuses(plan)
