"""What every kind of question is and must be able to answer."""

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from polymorphic.models import PolymorphicModel

from assessments.bank_item import BankItem
from assessments.enums import BloomLevel, Difficulty, FormLetter, Stability
from assessments.scoring import Parts, points_for

Response = Any  # JSON: what a participant answered, naming options by identity
OptionOrder = Sequence[str]  # identities of the options in the order shown, frozen on the attempt

FIELD = "response"  # every field of an answer is called this, or this, a dash and the identity of an option
UNEVEN_POINTS = "uneven_points"


class Lines(NamedTuple):
    """A JSON list of records with two texts, written by authors one record a line: ``first | second``."""

    first: str
    second: str
    help_text: Any


class Question(PolymorphicModel, ClusterableModel):
    """One version of a question. Once answered it is never edited: a change makes the next version.

    The key (right options, answers, rationales) lives on the subclasses and leaves them only through
    ``score`` and through staff screens; participants see ``participant_payload`` and nothing else.
    """

    kind: ClassVar[str]
    kind_label: ClassVar[Any]
    # Relation names of the option tables: what load_questions prefetches so that payload, options and
    # score need no query, what the editor shows inline and what a new version copies.
    prefetch: ClassVar[tuple[str, ...]] = ()
    # JSON lists of small records that the editor shows as lines, by field.
    line_fields: ClassVar[dict[str, Lines]] = {
        "citations": Lines("ref", "status", _("One source a line. After a | you can say how it was checked."))
    }
    # What a bank file may say under ``scoring``: the name of the one rule that the kind has.
    scoring_rule: ClassVar[str] = ""

    code = models.CharField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    is_current = models.BooleanField(_("current version"), default=True, editable=False)
    stem = models.TextField(_("question"))
    points = models.PositiveSmallIntegerField(_("points"), default=1, validators=[MinValueValidator(1)])
    outcomes = models.ManyToManyField(
        "assessments.Outcome", verbose_name=_("learning outcomes"), related_name="questions", blank=True
    )
    topic = models.CharField(_("topic"), max_length=10, blank=True)
    lesson_code = models.CharField(_("lesson"), max_length=10, blank=True)
    pair = models.CharField(_("parallel pair"), max_length=40, blank=True)
    form_letter = models.CharField(_("form"), max_length=1, choices=FormLetter.choices, blank=True)
    bloom = models.CharField(_("thinking level"), max_length=10, choices=BloomLevel.choices, blank=True)
    difficulty = models.CharField(_("difficulty"), max_length=10, choices=Difficulty.choices, blank=True)
    stability = models.CharField(_("stability"), max_length=12, choices=Stability.choices, blank=True)
    citations = models.JSONField(_("legal basis"), default=list, blank=True)
    note = models.TextField(_("note for trainers"), blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="question_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(is_current=True), name="question_one_current_version"
            ),
            models.CheckConstraint(condition=models.Q(points__gte=1), name="question_points_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.stem}" if self.is_current else f"{self.code} v{self.version}: {self.stem}"

    # What a participant sees and sends

    def option_ids(self) -> list[str]:
        """Identities that a participant may be shown, in authored order. Empty if there is no choice."""
        return []

    def shuffles(self) -> bool:
        """Whether the options are shown in an order drawn for each attempt."""
        return False

    def draw_order(self, rng: random.Random) -> list[str]:
        """The order in which one attempt shows the options; the caller freezes it."""
        order = self.option_ids()
        if self.shuffles():
            rng.shuffle(order)
        return order

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        """What a participant may see, as an allow-list: never a key, a rationale or a trainer's note.

        Always has ``kind`` and ``stem``. Identities in ``order`` that the question does not have are left
        out.
        """
        raise NotImplementedError

    @classmethod
    def read_response(cls, data: Any) -> Any:
        """What was typed, in the shape of a response but unchecked: to show it again after an error.

        ``data`` is a ``QueryDict`` of the posted form.
        """
        raise NotImplementedError

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        """Check a submitted answer against the frozen options and normalise it to JSON.

        ``data`` is a ``QueryDict`` of the posted form. Needs no database. Returns None for "not answered".
        Raises ValidationError (codes ``foreign_option``, ``invalid``) with a sentence for the participant.
        """
        raise NotImplementedError

    @classmethod
    def take_context(cls, payload: dict[str, Any], response: Any) -> dict[str, Any]:
        """Variables for the kind's ``take.html``: rows with their fields and what was chosen so far.

        ``response`` is None, a cleaned response, or what ``read_response`` made of a refused form.
        """
        raise NotImplementedError

    # Points

    def score_parts(self, response: Response) -> Parts:
        """Parts right and possible for a cleaned response."""
        raise NotImplementedError

    def score(self, response: Response) -> int:
        """Whole points for a cleaned response; None (not answered) earns 0."""
        if response is None:
            return 0
        return points_for(self.points, self.score_parts(response))

    # Knowing and guessing: what a perfect answer is, and what somebody without a clue might give

    def correct_response(self) -> Response:
        """A response that earns all points. It is the key: for staff, simulated data and tests only."""
        raise NotImplementedError

    def guess(self, order: OptionOrder, rng: random.Random) -> Response:
        """A valid response drawn at random from what is shown, as for simulated data."""
        raise NotImplementedError

    # Authoring

    def possible_parts(self, rows: Sequence[Any]) -> int:
        """How many parts are scored apart from each other, given the rows of the option table."""
        return 1

    def authoring_problems(self, rows: Sequence[Any]) -> Iterator[ValidationError]:
        """What an author must mend before this question may be saved, in sentences.

        ``rows`` are the rows of the option table as they would be saved. Code ``uneven_points`` means that
        partly right work would lose points to rounding; every other problem makes the question unusable.
        """
        possible = self.possible_parts(rows)
        if possible > 1 and self.points and self.points % possible:
            yield ValidationError(
                _(
                    "This question has %(parts)d parts that earn points, so its points must be %(parts)d, "
                    "%(double)d or another multiple. Otherwise partly right answers lose points."
                ),
                code=UNEVEN_POINTS,
                params={"parts": possible, "double": 2 * possible},
            )

    @classmethod
    def fields_from_bank(cls, item: BankItem) -> dict[str, Any]:
        """The kind's own model fields, read from an item of a bank file."""
        return {}

    @classmethod
    def rows_from_bank(cls, item: BankItem) -> list[models.Model]:
        """The rows of the option table, unsaved and without their question, from an item of a bank file."""
        return []


def foreign_option() -> ValidationError:
    """The refusal of an option that this question does not have."""
    return ValidationError(
        _("This answer does not belong to this question. Reload the page and choose again."),
        code="foreign_option",
    )


def refuse_foreign_fields(data: Iterable[str], expected: Iterable[str]) -> None:
    """Refuse the form of another question, which would otherwise read as "not answered" and clear the answer.

    Looks only at fields of answers; hidden fields of the page around it are none of our business.
    """
    allowed = set(expected)
    if any(name not in allowed for name in data if name == FIELD or name.startswith(f"{FIELD}-")):
        raise foreign_option()


def fields_by_option(data: Any) -> dict[str, str]:
    """Fields ``response-<identity>`` by identity."""
    start = f"{FIELD}-"
    return {name.removeprefix(start): data.get(name) or "" for name in data if name.startswith(start)}
