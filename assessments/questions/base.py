"""What every kind of question is and must be able to answer."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from polymorphic.models import PolymorphicModel

from assessments.enums import BloomLevel, Difficulty, FormLetter, Stability
from assessments.scoring import Parts, points_for

Response = Any  # JSON: what a participant answered, naming options by identity
OptionOrder = Sequence[str]  # identities of the options in the order shown, frozen on the attempt


class Question(PolymorphicModel, ClusterableModel):
    """One version of a question. Once answered it is never edited: a change makes the next version.

    The key (right options, answers, rationales) lives on the subclasses and leaves them only through
    ``score`` and through staff screens; participants see ``participant_payload`` and nothing else.
    """

    kind: ClassVar[str]
    kind_label: ClassVar[Any]
    # What load_questions must prefetch so that payload, options and score need no query.
    prefetch: ClassVar[tuple[str, ...]] = ()

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
        return f"{self.code}: {self.stem}"

    def option_ids(self) -> list[str]:
        """Identities that a participant may be shown, in authored order. Empty if there is no choice."""
        return []

    def shuffles(self) -> bool:
        """Whether the options are shown in an order drawn for each attempt."""
        return False

    def participant_payload(self, order: OptionOrder) -> dict[str, Any]:
        """What a participant may see, as an allow-list: never a key, a rationale or a trainer's note."""
        raise NotImplementedError

    @classmethod
    def clean_response(cls, data: Any, order: OptionOrder) -> Response:
        """Check a submitted answer against the frozen options and normalise it to JSON.

        ``data`` is a ``QueryDict``-like mapping (``get``, ``getlist``) of the posted form. Needs no
        database. Returns None for "not answered". Raises ValidationError (codes ``foreign_option``,
        ``invalid``) with a sentence for the participant.
        """
        raise NotImplementedError

    def score_parts(self, response: Response) -> Parts:
        """Parts right and possible for a cleaned response."""
        raise NotImplementedError

    def score(self, response: Response) -> int:
        """Whole points for a cleaned response; None (not answered) earns 0."""
        if response is None:
            return 0
        return points_for(self.points, self.score_parts(response))
