"""How a training stands against the targets of its third expected result (H3): commitment."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lms.cohorts.models import Cohort
from lms.learning.desk.moments import MomentsResult
from lms.learning.desk.scales import Change
from lms.learning.enums import Occasion
from lms.learning.registry import TargetLine, targets_beside

COMMITMENT = "komitmen"


def commitment_targets(cohort: Cohort, results: Sequence[MomentsResult]) -> list[TargetLine]:
    """What the scale says about H3, and what other apps say. Empty for a training that has no such scale."""
    scale = next((found for each in results if (found := each.scale(COMMITMENT)) is not None), None)
    lines = []
    if scale is not None:
        rise = scale.change(Occasion.BEFORE, Occasion.AFTER)
        if rise is not None:
            lines.append(_line(_("Commitment, from before the training to its end"), rise, is_target=False))
        kept = scale.change(Occasion.AFTER, Occasion.DAY_90)
        if kept is not None:
            lines.append(_line(_("Commitment, from the end to 90 days later"), kept, is_target=True))
    return [*targets_beside(COMMITMENT, cohort), *lines]


def _line(label: str, change: Change, *, is_target: bool) -> TargetLine:
    target = _("no fall: not more people fell than rose") if is_target else ""
    if change.held == "open":
        return TargetLine(label, _("not closed yet"), target, None)
    if change.held:
        return TargetLine(label, _("fewer than five people answered both"), target, None)
    figure = _("%(n)d people answered both: %(rose)s rose, %(same)s stayed, %(fell)s fell") % {
        "n": change.n,
        "rose": change.rose,
        "same": change.same,
        "fell": change.fell,
    }
    return TargetLine(label, figure, target, not change.has_fallen if is_target else None)
