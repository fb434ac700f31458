"""Closed vocabularies of the assessment engine."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OutcomeKind(models.TextChoices):
    """Where an outcome comes from in the founding document."""

    RESULT = "result", _("Expected result")
    DISCUSSION = "discussion", _("Discussion objective")
    SPECIFIC = "specific", _("Specific objective")


class FormLetter(models.TextChoices):
    """The two parallel forms of a test."""

    A = "A", "A"
    B = "B", "B"


class Difficulty(models.TextChoices):
    EASY = "mudah", _("Easy")
    MEDIUM = "sedang", _("Medium")
    HARD = "sukar", _("Hard")


class BloomLevel(models.TextChoices):
    REMEMBER = "ingat", pgettext_lazy("thinking level", "Remember")
    UNDERSTAND = "paham", pgettext_lazy("thinking level", "Understand")
    APPLY = "terap", pgettext_lazy("thinking level", "Apply")
    ANALYSE = "analisis", pgettext_lazy("thinking level", "Analyse")
    EVALUATE = "nilai", pgettext_lazy("thinking level", "Evaluate")
    CREATE = "cipta", pgettext_lazy("thinking level", "Create")


class Stability(models.TextChoices):
    """Whether the right answer changed with the law."""

    STABLE = "stable", _("Same answer under the old and the new rules")
    CHANGED_2024 = "changed_2024", _("Answer changed by UU 3/2024")
    CHANGED_2026 = "changed_2026", _("Answer changed by PP 16/2026")
    PROGRAMME = "programme", _("Not a legal fact")


class Purpose(models.TextChoices):
    """What an assessment is for. A test is taken on several occasions; practice and surveys on their own."""

    TEST = "test", _("Test (before, after and at the follow-up)")
    PRACTICE = "practice", _("Practice")
    SURVEY = "survey", _("Survey")


class Occasion(models.TextChoices):
    """When an assessment is taken."""

    PRE = "pre", _("Pre-test")
    POST = "post", _("Post-test")
    FOLLOW_UP = "followup", _("Follow-up test")
    PRACTICE = "practice", _("Practice")
    SURVEY = "survey", _("Survey")
    # A survey asked of the same people several times: each moment is an occasion of its own.
    BEFORE = "before", _("Survey before the training")
    AFTER = "after", _("Survey at the end of the training")
    DAY_30 = "day30", _("Survey 30 days after the training")
    DAY_60 = "day60", _("Survey 60 days after the training")
    DAY_90 = "day90", _("Survey 90 days after the training")


# The occasions of a knowledge test, oldest first; gain and retention compare them.
TEST_OCCASIONS = (Occasion.PRE, Occasion.POST, Occasion.FOLLOW_UP)

# The moments of a survey, oldest first. What a person answers at one is linked with what the same person
# answers at another, and is shown to staff in sums only.
MOMENTS = (Occasion.BEFORE, Occasion.AFTER, Occasion.DAY_30, Occasion.DAY_60, Occasion.DAY_90)
SURVEY_OCCASIONS = (Occasion.SURVEY, *MOMENTS)

# What rules of an assessment speak about: those of a survey hold at each of its moments.
RULED_OCCASIONS = tuple(occasion for occasion in Occasion if occasion not in MOMENTS)

_MOMENT_WORDS = {
    Occasion.BEFORE: _("before the training"),
    Occasion.AFTER: _("at the end of the training"),
    Occasion.DAY_30: _("after 30 days"),
    Occasion.DAY_60: _("after 60 days"),
    Occasion.DAY_90: _("after 90 days"),
}


def purpose_of(occasion: str) -> str:
    """The purpose of assessments that are taken on an occasion."""
    if occasion in TEST_OCCASIONS:
        return Purpose.TEST
    return Purpose.SURVEY if occasion in SURVEY_OCCASIONS else Purpose.PRACTICE


def ruled_as(occasion: str) -> str:
    """The occasion whose rules hold on this one."""
    return Occasion.SURVEY if occasion in MOMENTS else occasion


def moment_words(occasion: str) -> str:
    """When a survey is asked, for after its title; "" for what has no moment."""
    words = _MOMENT_WORDS.get(Occasion(occasion))
    return str(words) if words else ""


def with_moment(title: str, occasion: str) -> str:
    """The title of what is taken, with its moment if it has one."""
    words = moment_words(occasion)
    return f"{title} ({words})" if words else title


class Layout(models.TextChoices):
    ONE_QUESTION = "question", _("One question a page")
    ONE_PAGE = "page", _("All questions on one page")


class ReviewMoment(models.TextChoices):
    """When something about a handed-in attempt may be shown to its owner."""

    HANDED_IN = "handed_in", _("As soon as it is handed in")
    CLOSED = "closed", _("When it is closed for the whole training")


class ReviewLevel(models.IntegerChoices):
    """How much is shown; each level includes those before it."""

    NOTHING = 0, _("Nothing")
    SCORE = 1, _("The points")
    RIGHT_WRONG = 2, _("Which answers are right and wrong")
    FEEDBACK = 3, _("Feedback on the answers")
    KEY = 4, _("The right answers")


class MultiplePolicy(models.TextChoices):
    """How several right options earn points."""

    RIGHT_MINUS_WRONG = "right_minus_wrong", _("Right minus wrong, never below 0")
    ALL_OR_NOTHING = "all_or_nothing", _("All right or nothing")
    PER_OPTION = "per_option", _("Each option rightly ticked or left empty")


class OrderingPolicy(models.TextChoices):
    """How steps in order earn points."""

    ADJACENT = "adjacent_pairs", _("Each two neighbours in the right order")
    EXACT = "exact", _("All in the right order or nothing")
    POSITION = "position", _("Each step in its right place")


class Change(models.TextChoices):
    """What an author changed in a question that people had answered."""

    WORDING = "wording", _("Better words; the right answer stays")
    KEY = "key", _("The right answer was wrong")


class MediaKind(models.TextChoices):
    IMAGE = "image", _("Picture")
    AUDIO = "audio", _("Recording")


class Known(models.TextChoices):
    """How we know what a rule says."""

    VERIFIED = "verified", _("Read in the text of the rule")
    SECONDARY = "secondary", _("Read where somebody quotes or retells it")
    MEMORY = "memory", _("From memory, not read")


class Explanation(models.TextChoices):
    """The part of the explanation of a regulation; Indonesian words of the law."""

    ARTICLE = "Penjelasan", _("Explanation of the article (Penjelasan)")
    GENERAL = "Penjelasan Umum", _("General explanation (Penjelasan Umum)")


class Standing(models.TextChoices):
    """Whether a rule holds on a day."""

    IN_FORCE = "in_force", _("In force")
    NOT_YET = "not_yet", _("Not yet in force")
    REVOKED = "revoked", _("Revoked")


class Attention(models.TextChoices):
    """Why somebody should look at a record of the register, the gravest first."""

    REVOKED = "revoked", _("Revoked")
    DUE = "due", _("Must be looked at again")
    NEVER = "never", _("Never read by anybody")
    UNSURE = "unsure", _("Must still be checked on JDIH")
