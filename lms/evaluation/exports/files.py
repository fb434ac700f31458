"""The evaluation of a training as a workbook and as JSON: who may have them, and what the log keeps.

The rule is that of the matched pairs (see ``pairs``): nothing leaves the house below five matched people.
"""

import json
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.cohorts.models import Cohort
from lms.evaluation.datasets import scores_of
from lms.evaluation.datasets.sittings import sittings_of
from lms.evaluation.exports.pairs import refuse_few
from lms.evaluation.exports.tables import xlsx
from lms.evaluation.exports.workbook import Told, sheets_of
from lms.evaluation.reports.cohort import Reader, report_on
from lms.evaluation.reports.text import report_as_dict

EXPORT_FILE_ACTION = "evaluation.export_file"


def export_workbook(*, cohort: Cohort, user: Any, reader: Reader) -> bytes:
    """XLSX, logged as taken out by ``user``. ValidationError (``too_few``) below five people."""
    told = _told(cohort, reader)
    note_export(told.report.data_version, cohort=cohort, user=user, kind="xlsx")
    remark = _("Simulated data") if told.report.evaluation.simulated else ""
    return xlsx(sheets_of(told), title=f"{cohort.code} · {told.report.data_version}", remark=remark)


def export_json(*, cohort: Cohort, user: Any) -> str:
    """What ``manage.py evaluate_cohort --format json`` prints, in the active language: sums only.

    Logged as taken out by ``user``. ValidationError (``too_few``) below five people.
    """
    told = _told(cohort, Reader())
    note_export(told.report.data_version, cohort=cohort, user=user, kind="json")
    return json.dumps(report_as_dict(told.report), ensure_ascii=False, indent=2, allow_nan=False)


def note_export(version: str, *, cohort: Cohort, user: Any, kind: str) -> None:
    """Write to the log who took out which data as what."""
    data = {"format": kind, "version": version}
    log(instance=cohort, action=EXPORT_FILE_ACTION, user=user, data=data)


def _told(cohort: Cohort, reader: Reader) -> Told:
    read = sittings_of(cohort)
    scores = scores_of(cohort, read)
    refuse_few(scores)
    today = timezone.localdate(timezone=ZoneInfo(cohort.village.time_zone))
    report = report_on(cohort, reader, read)
    return Told(cohort, scores, report, as_of=today, stems=reader.questions)
