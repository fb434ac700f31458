"""Results without a database."""

import dataclasses
from typing import Any

from lms.evaluation.reports.notes import Note, NoteCode
from lms.evaluation.reports.results import CohortEvaluation
from lms.evaluation.stats.disclosure import Standing
from lms.evaluation.stats.normalized import Band

RESULT = CohortEvaluation(
    code="LNN",
    title="Pelatihan",
    simulated=False,
    registered=24,
    attended=24,
    pre_n=24,
    post_n=22,
    matched_n=22,
    lost_n=2,
    standing=Standing.SUFFICIENT,
    notes=(),
    outcomes=(),
    groups=(),
    max_points=27,
    mean_pre=12.25,
    mean_post=16.0,
    mean_gain=3.75,
    ci_low=2.04,
    ci_high=5.46,
    rose=18,
    same=1,
    fell=3,
    normalized_gain=0.2542,
    normalized_low=0.14,
    normalized_high=0.37,
    band=Band.LOW,
)
HIDDEN = CohortEvaluation(
    code="LNN",
    title="Pelatihan",
    simulated=False,
    registered=9,
    attended=9,
    pre_n=9,
    post_n=3,
    matched_n=3,
    lost_n=6,
    standing=Standing.HIDDEN,
    notes=(Note(NoteCode.TOO_FEW),),
    outcomes=(),
    groups=(),
)


def with_numbers(**numbers: Any) -> CohortEvaluation:
    return dataclasses.replace(RESULT, **numbers)
