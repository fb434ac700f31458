"""Weights of other systems as our keys: which options are right, and what that changes."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.datasets.drafts import OptionDraft, QuestionDraft
from assessments.imports.plain import CannotTakeError

FULL = Decimal(100)


def single_right(draft: QuestionDraft) -> None:
    """One option is right: the one with all points. Part points and minus points have no place here."""
    for option in draft.options:
        option.correct = option.fraction == FULL
    weights = [option.fraction or Decimal(0) for option in draft.options if not option.correct]
    if any(weight > 0 for weight in weights):
        draft.changes.append(_("Answers that earned a part of the points now earn none."))
    if any(weight < 0 for weight in weights):
        draft.changes.append(_("Wrong answers that took points away now earn none."))


def several_right(draft: QuestionDraft) -> None:
    """Every option with points is right. Points are right minus wrong, whatever the weights were."""
    for option in draft.options:
        option.correct = (option.fraction or Decimal(0)) > 0
    right = [option.fraction or Decimal(0) for option in draft.options if option.correct]
    wrong = [option.fraction or Decimal(0) for option in draft.options if not option.correct]
    share = FULL / len(right) if right else FULL
    # Weights are rounded in every file: 33.33333.
    if any(abs(weight - share) > Decimal("0.02") for weight in right) or any(
        abs(weight + share) > Decimal("0.02") for weight in wrong
    ):
        draft.changes.append(_("Its weights became right minus wrong."))


def spellings(draft: QuestionDraft, answers: Sequence[OptionDraft]) -> None:
    """Accepted spellings are those with all points; others with a remark are kept as near misses."""
    for answer in answers:
        bare = answer.text.strip("*").strip() if not answer.text.endswith(r"\*") else answer.text
        if answer.fraction == FULL and bare and bare != answer.text:
            draft.changes.append(_("The placeholder * at the ends of right answers was dropped."))
            answer.text = bare
    wild = [answer for answer in answers if "*" in answer.text.replace(r"\*", "")]
    if any(answer.fraction == FULL for answer in wild):
        draft.changes.append(_("Right answers with the placeholder * inside were left out."))
    plain = [answer for answer in answers if answer not in wild and answer.text]
    for answer in plain:
        answer.text = answer.text.replace(r"\*", "*")
    draft.accepted = [answer.text for answer in plain if answer.fraction == FULL]
    if not draft.accepted:
        raise CannotTakeError(_("No answer of it is fully right without the placeholder *."))
    rest = [answer for answer in plain if answer.fraction != FULL]
    if any((answer.fraction or Decimal(0)) > 0 for answer in rest):
        draft.changes.append(_("Answers that earned a part of the points now earn none."))
    draft.near_misses = rest
    kept = [answer for answer in [*plain, *wild] if answer not in draft.near_misses]
    feedback_to_note(draft, [answer.rationale for answer in kept])


def feedback_to_note(draft: QuestionDraft, texts: Iterable[str]) -> None:
    """Feedback that was meant for some answers only and would be wrong for others is kept for trainers."""
    kept = [text for text in dict.fromkeys(texts) if text]
    if kept:
        draft.note = "\n".join([draft.note, *kept] if draft.note else kept)
        draft.changes.append(_("Feedback for some of its answers only went to the note."))


def true_or_false_feedback(draft: QuestionDraft, texts: Sequence[str]) -> None:
    """Who was right and who was wrong read one reason here; praise of the one would mislead the other."""
    different = {text for text in texts if text}
    if len(different) > 1:
        feedback_to_note(draft, texts)
    else:
        draft.rationale = "".join(different)
