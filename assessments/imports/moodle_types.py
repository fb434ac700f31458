"""What each type of question in a Moodle file becomes here; a type that is not listed cannot be asked."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from assessments.datasets.drafts import OptionDraft, PairDraft, PictureDraft, QuestionDraft
from assessments.imports.moodle_question import MoodleQuestion, decimal
from assessments.imports.plain import CannotTakeError, check_number, one_line
from assessments.imports.weights import (
    feedback_to_note,
    several_right,
    single_right,
    spellings,
    true_or_false_feedback,
)

FULL = Decimal(100)


def _draft(question: MoodleQuestion, kind: str) -> QuestionDraft:
    stem, pictures = question.read(question.element.find("questiontext"))
    draft = QuestionDraft(kind, question.where, stem)
    draft.pictures = pictures
    return draft


def _answers(question: MoodleQuestion, *, with_pictures: bool = False) -> list[OptionDraft]:
    answers = question.element.findall("answer")
    check_number(len(answers))
    return [_answer(question, element, with_pictures) for element in answers]


def _answer(question: MoodleQuestion, element: Element, with_pictures: bool) -> OptionDraft:
    # Before Moodle 2.1 an answer could hold its text directly.
    text, pictures = question.read(element)
    if len(pictures) > 1 or (pictures and not with_pictures):
        question.changes.append(_("A picture in an answer or feedback was left out."))
    return OptionDraft(
        text=one_line(text),
        fraction=decimal(element.get("fraction") or "0") or Decimal(0),
        rationale=question.only_text(element.find("feedback")),
        picture=pictures[0] if pictures and with_pictures else None,
    )


def _choice(question: MoodleQuestion) -> QuestionDraft:
    single = question.flag("single", default=True)
    draft = _draft(question, "single" if single else "multiple")
    draft.options = _named(_answers(question, with_pictures=True), draft)
    draft.shuffle = question.flag("shuffleanswers", default=True)
    _combined_feedback(question, draft)
    (single_right if single else several_right)(draft)
    return draft


def _several(question: MoodleQuestion) -> QuestionDraft:
    """Several right options of the Open University's plugin: the same file, other weights."""
    draft = _draft(question, "multiple")
    draft.options = _named(_answers(question, with_pictures=True), draft)
    draft.shuffle = question.flag("shuffleanswers", default=True)
    _combined_feedback(question, draft)
    several_right(draft)
    return draft


def _named(options: Iterable[OptionDraft], draft: QuestionDraft) -> list[OptionDraft]:
    """Options with a text: a picture alone is called by its words, an empty line of the editor is dropped."""
    kept = []
    for option in options:
        picture: PictureDraft | None = option.picture
        if not option.text and picture is not None:
            option.text = picture.alternative or picture.name.rpartition(".")[0] or picture.name
            draft.changes.append(_("An answer that is only a picture got its name as its text."))
        if option.text:
            kept.append(option)
    return kept


def _combined_feedback(question: MoodleQuestion, draft: QuestionDraft) -> None:
    """Feedback for right, partly right and wrong answers has no place here; stock phrases say nothing."""
    texts = [question.text(f"{name}feedback") for name in ("correct", "partiallycorrect", "incorrect")]
    kept = [text for text in dict.fromkeys(texts) if text and not _is_stock(text)]
    if kept:
        draft.note = "\n".join(kept)
        draft.changes.append(_("Feedback for right, partly right and wrong answers went to the note."))


def _is_stock(text: str) -> bool:
    return text.strip().rstrip(".!").lower() in {
        "your answer is correct",
        "your answer is partially correct",
        "your answer is incorrect",
        "jawaban anda benar",
        "jawaban anda sebagian benar",
        "jawaban anda salah",
    }


def _true_false(question: MoodleQuestion) -> QuestionDraft:
    draft = _draft(question, "true_false")
    answers = _answers(question)
    right = [answer for answer in answers if answer.fraction == FULL]
    if len(right) != 1 or right[0].text.lower() not in ("true", "false"):
        raise CannotTakeError(_("It does not say whether the statement is true or false."))
    draft.truth = right[0].text.lower() == "true"
    true_or_false_feedback(draft, [answer.rationale for answer in answers])
    return draft


def _short_answer(question: MoodleQuestion) -> QuestionDraft:
    draft = _draft(question, "short_answer")
    spellings(draft, _answers(question))
    if question.flag("usecase", default=False):
        draft.own["normalise"] = ["trim", "collapse_spaces", "strip_punct"]
    return draft


def _numerical(question: MoodleQuestion) -> QuestionDraft:
    draft = _draft(question, "numeric")
    answers = question.element.findall("answer")
    check_number(len(answers))
    full = [answer for answer in answers if decimal(answer.get("fraction") or "0") == FULL]
    values = [(number, answer) for answer in full if (number := decimal(_number_text(answer))) is not None]
    if len(values) != 1:
        raise CannotTakeError(
            _("A number question here has exactly one right number; this one has %d.") % len(values)
        )
    draft.answer, element = values[0]
    draft.tolerance = decimal(element.findtext("tolerance") or "0") or Decimal(0)
    draft.rationale = question.only_text(element.find("feedback"))
    rest = [answer for answer in answers if answer not in full]
    wrong = [answer for answer in rest if (decimal(answer.get("fraction") or "0") or 0) <= 0]
    errors, others = [], []
    for answer in wrong:
        why = question.only_text(answer.find("feedback"))
        if decimal(_number_text(answer)) is not None:
            errors.append({"value": _number_text(answer), **({"why": why} if why else {})})
        else:
            # "*" stands for every other number.
            others.append(why)
    draft.own["common_errors"] = errors
    feedback_to_note(draft, others)
    if len(wrong) < len(rest) or len(full) > 1:
        draft.changes.append(_("Answers that earned a part of the points were left out."))
    units = [unit for unit in question.element.findall("units/unit") if unit.findtext("unit_name")]
    if units:
        draft.unit = (units[0].findtext("unit_name") or "").strip()
    if len(units) > 1:
        draft.changes.append(_("Only its first unit was taken."))
    return draft


def _number_text(answer: Element) -> str:
    text = answer.findtext("text")
    return (text if text is not None else answer.text or "").strip()


def _matching(question: MoodleQuestion) -> QuestionDraft:
    draft = _draft(question, "matching")
    pairs = question.element.findall("subquestion")
    check_number(len(pairs))
    for element in pairs:
        left = one_line(question.only_text(element))
        # Moodle shows the right side as it is written: plain text, unless somebody pasted HTML into it.
        right = one_line(question.plain_text(element.find("answer")))
        if right:
            draft.pairs.append(PairDraft(left, right))
    _combined_feedback(question, draft)
    return draft


def _essay(question: MoodleQuestion) -> QuestionDraft:
    # Only files and no text: that is a task.
    only_files = question.value("responseformat") == "noinline" and question.value("attachments") != "0"
    draft = _draft(question, "task" if only_files else "open_text")
    draft.rubric, draft.note = _rubric(question.text("graderinfo"))
    if not only_files and question.value("attachmentsrequired") not in ("", "0"):
        draft.changes.append(_("It asked for a file; here it asks for a text."))
    if question.value("maxwordlimit").isdecimal() and not only_files:
        draft.own["max_words"] = int(question.value("maxwordlimit")[:4])
    return draft


def _rubric(text: str) -> tuple[list[str], str]:
    """Levels that our own export wrote for whoever marks (``0: …``, ``1: …``), or a text for the note."""
    lines = text.split("\n")
    levels = [line.removeprefix(f"{place}: ") for place, line in enumerate(lines)]
    ours = len(lines) > 1 and all(line.startswith(f"{place}: ") for place, line in enumerate(lines))
    return (levels, "") if ours else ([], text)


def _ordering(question: MoodleQuestion) -> QuestionDraft:
    draft = _draft(question, "ordering")
    answers = [answer for answer in _answers(question) if answer.text]
    # The place of a step is its fraction; old files have the steps in order and fractions of no use.
    places = [answer.fraction for answer in answers]
    if len(set(places)) == len(places):
        answers.sort(key=lambda answer: answer.fraction or Decimal(0))
    draft.steps = [answer.text for answer in answers]
    _combined_feedback(question, draft)
    return draft


READERS: dict[str, Callable[[MoodleQuestion], QuestionDraft]] = {
    "multichoice": _choice,
    "oumultiresponse": _several,
    "truefalse": _true_false,
    "shortanswer": _short_answer,
    "numerical": _numerical,
    "matching": _matching,
    "essay": _essay,
    "ordering": _ordering,
}
