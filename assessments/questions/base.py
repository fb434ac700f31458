"""What every kind of question is and must be able to answer."""

import random
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from polymorphic.models import PolymorphicModel

from assessments.bank_item import BankItem
from assessments.enums import BloomLevel, Difficulty, FormLetter, Stability
from assessments.questions.answers import (
    DONT_KNOW,
    DONT_KNOW_FIELD,
    DONT_KNOW_MARKS,
    DONT_KNOW_VALUE,
    FIELD,
    OptionOrder,
    Response,
    fields_by_option,
    foreign_option,
    read_answer,
    read_keyed_answer,
    refuse_foreign_fields,
    says_dont_know,
    write_keyed_answer,
)
from assessments.questions.editorial import Editorial
from assessments.questions.following import followed, renamed
from assessments.questions.words import InWords
from assessments.scoring import Parts, points_for

__all__ = [
    "DONT_KNOW",
    "DONT_KNOW_FIELD",
    "DONT_KNOW_MARKS",
    "DONT_KNOW_VALUE",
    "FIELD",
    "Lines",
    "OptionOrder",
    "Question",
    "Response",
    "fields_by_option",
    "foreign_option",
    "media_payload",
    "read_answer",
    "read_keyed_answer",
    "refuse_foreign_fields",
    "says_dont_know",
    "write_keyed_answer",
]

UNEVEN_POINTS = "uneven_points"
DEFAULT_BANK = "utama"
# Questions that stand in lessons. Whoever answers one is shown its key, so no test may ask it.
PRACTICE_BANK = "latihan"

MEDIA_FIELDS = ("image", "audio")


class Lines(NamedTuple):
    """A JSON list of records with two texts, written by authors one record a line: ``first | second``.

    With "" as ``second`` the records have one text, which is the whole line.
    """

    first: str
    second: str
    help_text: Any


class Question(InWords, Editorial, PolymorphicModel, ClusterableModel):
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
        "citations": Lines("ref", "status", _("What is no law, one a line. After a | how it was checked."))
    }
    # Option tables of ``prefetch`` whose rows may carry a picture and a recording.
    option_media: ClassVar[tuple[str, ...]] = ()
    # What a bank file may say under ``scoring``, with the policy of the kind that it means ("" for the only
    # one that the kind has).
    scoring_rules: ClassVar[dict[str, str]] = {}
    # False for attitudes: they have no key, no points, and never enter a score.
    scored: ClassVar[bool] = True
    # True where a person reads the answer and gives a level of the rubric.
    marked_by_hand: ClassVar[bool] = False
    # True where the answer is files; the response then is ``{"files": [identity, …]}``.
    takes_files: ClassVar[bool] = False
    # Whether "I do not know" makes sense as an answer: not for attitudes and work that a person reads.
    can_be_unknown: ClassVar[bool] = True
    # True where one of several rows is chosen; "I do not know" is then one more row, else a tick below.
    has_radio_rows: ClassVar[bool] = False

    code = models.CharField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    is_current = models.BooleanField(_("current version"), default=True, editable=False)
    stem = models.TextField(_("question"))
    image = models.ForeignKey(
        "assessments.QuestionMedia",
        verbose_name=_("picture"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    audio = models.ForeignKey(
        "assessments.QuestionMedia",
        verbose_name=_("recording"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    points = models.PositiveSmallIntegerField(_("points"), default=1)
    feedback = models.TextField(
        _("feedback"), blank=True, help_text=_("Shown after the test, when its rules allow it.")
    )
    # Part of drafts: a change is in the database after ``save()`` of the question.
    outcomes = ParentalManyToManyField(
        "assessments.Outcome", verbose_name=_("learning outcomes"), related_name="questions", blank=True
    )
    # Which collection it came with; a bank is a name, not a record, so that a file can bring a new one.
    bank = models.CharField(
        _("question bank"),
        max_length=40,
        default=DEFAULT_BANK,
        db_index=True,
        help_text=_("The collection that this question belongs to."),
    )
    topic = models.CharField(_("topic"), max_length=10, blank=True)
    lesson_code = models.CharField(_("lesson"), max_length=10, blank=True)
    pair = models.CharField(_("parallel pair"), max_length=40, blank=True)
    form_letter = models.CharField(_("form"), max_length=1, choices=FormLetter.choices, blank=True)
    bloom = models.CharField(_("thinking level"), max_length=10, choices=BloomLevel.choices, blank=True)
    difficulty = models.CharField(_("difficulty"), max_length=10, choices=Difficulty.choices, blank=True)
    stability = models.CharField(_("stability"), max_length=12, choices=Stability.choices, blank=True)
    # What is law points at the register; what is none (materials, findings) stands in ``citations``.
    legal_bases = ParentalManyToManyField(
        "assessments.LegalBasis", verbose_name=_("legal basis"), related_name="questions", blank=True
    )
    citations = models.JSONField(_("other sources"), default=list, blank=True)
    note = models.TextField(_("note for trainers"), blank=True)
    # Retired questions stay in the forms and attempts that have them; nothing new may use them.
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)
    # The version whose key was wrong: its attempts may be regraded with this one.
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="corrections"
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="question_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(is_current=True), name="question_one_current_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.stem}" if self.is_current else f"{self.code} v{self.version}: {self.stem}"

    def clean(self) -> None:
        """An attitude has no points, whatever the default of the field says."""
        super().clean()
        if not self.scored:
            self.points = 0

    @classmethod
    def prefetch_lookups(cls) -> list[str]:
        """What must be loaded so that payload, key and score need no query."""
        media = [f"{table}__{field}" for table in cls.option_media for field in MEDIA_FIELDS]
        return [*MEDIA_FIELDS, *cls.prefetch, *media]

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

        Always has ``kind`` and ``stem`` (see ``stem_payload``). Identities in ``order`` that the question
        does not have are left out.
        """
        raise NotImplementedError

    def stem_payload(self) -> dict[str, Any]:
        """What every payload begins with: the kind, the stem, and its picture and recording if there are."""
        return {"kind": self.kind, "stem": self.stem, **media_payload(self)}

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
    def take_context(cls, payload: dict[str, Any], response: Any, field: str = FIELD) -> dict[str, Any]:
        """Variables for the kind's ``take.html``: rows with their fields and what was chosen so far.

        ``response`` is None, a cleaned response, or what ``read_response`` made of a refused form. Names of
        fields begin with ``field``: on a page with several questions each has its own.
        """
        raise NotImplementedError

    # Corrected keys

    def option_lineage(self) -> dict[str, str]:
        """What each identity of an option is called in every version of the question, by identity."""
        return {}

    def option_words(self) -> dict[str, str]:
        """The words of each option that is told apart by words, by identity; sides that never mix begin
        differently."""
        return {}

    def adopt_response(self, response: Response, given_to: "Question") -> Response:
        """A response given to another version of this question, in the identities of this one.

        Options are followed by their words and their lineage (see ``followed``), never by position; one that
        is gone keeps its old identity and so earns nothing.
        """
        lineage = (given_to.option_lineage(), self.option_lineage())
        return renamed(response, followed(lineage, (given_to.option_words(), self.option_words())))

    # Points

    def score_parts(self, response: Response) -> Parts:
        """Parts right and possible for a cleaned response."""
        raise NotImplementedError

    def score(self, response: Response) -> int:
        """Whole points for a cleaned response; None (not answered) earns 0."""
        if response is None or response == DONT_KNOW:
            return 0
        return points_for(self.points, self.score_parts(response))

    def guess(self, order: OptionOrder, rng: random.Random) -> Response:
        """A valid response drawn at random from what is shown, as for simulated data."""
        raise NotImplementedError

    # Authoring

    def possible_parts(self, rows: Sequence[Any]) -> int:
        """How many parts are scored apart from each other, given the rows of the option table."""
        return 1

    def right_answer(self, rows: Sequence[Any]) -> Any:
        """What two versions must have in common for one key; None where other words are no other key."""
        return None

    def authoring_problems(self, rows: Sequence[Any]) -> Iterator[ValidationError]:
        """What an author must mend before this question may be saved, in sentences.

        ``rows`` are the rows of the option table as they would be saved. Code ``uneven_points`` means that
        partly right work would lose points to rounding; every other problem makes the question unusable.
        """
        if self.scored and not self.marked_by_hand and self.points is not None and self.points < 1:
            yield ValidationError(_("Give the question at least 1 point."), code="points")
        if not self.scored and self.points:
            yield ValidationError(
                _("This kind of question asks for an attitude. Its points must be 0."), code="points"
            )
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


def media_payload(record: Any) -> dict[str, Any]:
    """Picture and recording of a question or an option, each only if it is there."""
    media: dict[str, Any] = {}
    if record.image_id:
        media["image"] = {"id": str(record.image_id), "alt": record.image.alternative}
    if record.audio_id:
        media["audio"] = {"id": str(record.audio_id), "text": record.audio.alternative}
    return media
