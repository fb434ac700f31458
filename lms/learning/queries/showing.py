"""How much of a handed-in attempt its owner may see, and from when on.

An instrument that half the village has already seen with its key measures nothing. So whatever the rules of
an assessment say, a test shows no more than its points while anybody of the training may still take it.
"""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.utils import timezone

from assessments.enums import ReviewLevel, ReviewMoment, ruled_as
from assessments.models import Assessment, ReviewRule
from lms.cohorts.models import Cohort
from lms.learning.enums import TEST_OCCASIONS, Occasion
from lms.learning.models import Attempt
from lms.learning.queries.terms import Terms, terms_by_occasion

# What holds for an occasion on which the assessment has no rule of its own.
DEFAULT_LEVELS: Mapping[str, Mapping[str, ReviewLevel]] = {
    Occasion.PRE: {ReviewMoment.HANDED_IN: ReviewLevel.SCORE},
    Occasion.POST: {
        ReviewMoment.HANDED_IN: ReviewLevel.SCORE,
        ReviewMoment.CLOSED: ReviewLevel.FEEDBACK,
    },
    Occasion.FOLLOW_UP: {
        ReviewMoment.HANDED_IN: ReviewLevel.SCORE,
        ReviewMoment.CLOSED: ReviewLevel.FEEDBACK,
    },
    Occasion.PRACTICE: {ReviewMoment.HANDED_IN: ReviewLevel.KEY},
    Occasion.SURVEY: {ReviewMoment.HANDED_IN: ReviewLevel.NOTHING},
}


def shown_level(attempt: Attempt) -> ReviewLevel:
    """What the owner of a handed-in attempt sees now. Nothing while answers wait to be marked.

    Needs ``enrolment.cohort`` (with its village) and ``assessment`` loaded; three queries at most.
    """
    if attempt.submitted_at is None or attempt.score is None:
        return ReviewLevel.NOTHING
    cohort = attempt.enrolment.cohort
    levels = levels_of(attempt.assessment, attempt.occasion)
    terms = terms_by_occasion(cohort, attempt.assessment)
    level = levels.get(ReviewMoment.HANDED_IN, ReviewLevel.NOTHING)
    own = terms.get(attempt.occasion)
    if ReviewMoment.CLOSED in levels and own is not None and is_over(cohort, own):
        level = max(level, levels[ReviewMoment.CLOSED])
    if level > ReviewLevel.SCORE and attempt.occasion in TEST_OCCASIONS and _still_taken(cohort, terms):
        return ReviewLevel.SCORE
    return level


def levels_of(assessment: Assessment, occasion: str) -> dict[str, ReviewLevel]:
    """The level from each moment on: the assessment's rules for this occasion, else the usual ones."""
    occasion = ruled_as(occasion)
    rules = ReviewRule.objects.filter(assessment=assessment, occasion=occasion).order_by()
    own = {rule.moment: ReviewLevel(rule.level) for rule in rules}
    return own or dict(DEFAULT_LEVELS[occasion])


def is_over(cohort: Cohort, terms: Terms) -> bool:
    """Whether an assessment is closed for the whole training: its time is over, and nobody is still in it.

    Without a closing time it is the end of the training's last day in the village; a follow-up test comes
    after that day, so it stays open until somebody gives it an end.
    """
    if not terms.assigned:
        return True
    if terms.closes_at is not None:
        ended = terms.has_closed
    else:
        ended = terms.occasion != Occasion.FOLLOW_UP and _last_day_is_over(cohort)
    return ended and not _somebody_is_in_it(cohort, terms)


def _still_taken(cohort: Cohort, terms: Mapping[str, Terms]) -> bool:
    """Whether the questions of the test may still be met by somebody: after the training, or at the
    follow-up, which asks the same as the post-test."""
    later = (Occasion.POST, Occasion.FOLLOW_UP)
    return any(not is_over(cohort, terms[occasion]) for occasion in later if occasion in terms)


def _last_day_is_over(cohort: Cohort) -> bool:
    today = timezone.localtime(timezone.now(), ZoneInfo(cohort.village.time_zone)).date()
    return today > cohort.ends_on


def _somebody_is_in_it(cohort: Cohort, terms: Terms) -> bool:
    open_ones = Attempt.objects.counted().filter(submitted_at__isnull=True, occasion=terms.occasion)
    return open_ones.filter(enrolment__cohort=cohort, assessment=terms.assessment).exists()
