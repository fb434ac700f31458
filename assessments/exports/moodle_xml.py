"""Moodle XML: pictures included. What Moodle has no field for travels as tags of the question."""

import base64
import html
from collections.abc import Callable
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from assessments.datasets.drafts import PictureDraft, QuestionDraft
from assessments.exports.carriers import draft_of
from assessments.questions.base import Question


def write(questions: list[Question]) -> tuple[bytes, list[tuple[str, tuple[str, ...]]]]:
    root = Element("quiz")
    left: list[tuple[str, tuple[str, ...]]] = []
    for question in questions:
        carried = draft_of(question)
        if carried is None:
            left.append((question.code, ()))
            continue
        draft, behind = carried
        root.append(_question(draft))
        if behind:
            left.append((question.code, tuple(dict.fromkeys(behind))))
    indent(root, space=" ")
    return tostring(root, encoding="utf-8", xml_declaration=True), left


def _question(draft: QuestionDraft) -> Element:
    kind, write_body = _BODIES[draft.kind]
    element = Element("question", type=kind)
    name = " ".join(draft.stem.split())
    _text(SubElement(element, "name"), name if len(name) <= 80 else f"{name[:79]}…")
    _rich(element, "questiontext", draft.stem, draft.pictures)
    _rich(element, "generalfeedback", draft.feedback)
    _value(element, "defaultgrade", f"{draft.points}")
    _value(element, "idnumber", draft.code)
    write_body(element, draft)
    if draft.tags:
        tags = SubElement(element, "tags")
        for tag in draft.tags:
            _text(SubElement(tags, "tag"), tag)
    return element


def _value(parent: Element, name: str, value: str) -> None:
    SubElement(parent, name).text = value


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text


def _rich(parent: Element, name: str, text: str, pictures: list[PictureDraft] | None = None) -> Element:
    """A text as it is; with a picture it must be HTML, since that is where Moodle shows pictures."""
    element = SubElement(parent, name)
    _fill(element, text, pictures or [])
    return element


def _fill(element: Element, text: str, pictures: list[PictureDraft]) -> None:
    element.set("format", "html" if pictures else "plain_text")
    shown = html.escape(text, quote=False).replace("\n", "<br>") if pictures else text
    for number, picture in enumerate(pictures, start=1):
        name = _file_name(picture, number)
        alternative = html.escape(picture.alternative)
        shown += f'<br><img src="@@PLUGINFILE@@/{name}" alt="{alternative}">'
    _text(element, shown)
    for number, picture in enumerate(pictures, start=1):
        file = SubElement(element, "file", name=_file_name(picture, number), path="/", encoding="base64")
        file.text = base64.b64encode(picture.data).decode("ascii")


def _file_name(picture: PictureDraft, number: int) -> str:
    """Letters and digits only: the name stands in an address."""
    bare = "".join(
        sign if sign.isascii() and sign.isalnum() else "-" for sign in picture.name.rpartition(".")[0]
    )
    suffix = "jpg" if picture.data.startswith(b"\xff\xd8") else "png"
    return f"{bare.strip('-')[:60] or f'gambar-{number}'}.{suffix}"


def _answer(
    parent: Element,
    text: str,
    fraction: Decimal | int,
    remark: str = "",
    picture: PictureDraft | None = None,
) -> Element:
    element = SubElement(parent, "answer", fraction=f"{fraction:f}" if fraction else "0")
    _fill(element, text, [picture] if picture else [])
    _rich(element, "feedback", remark)
    return element


def _choice(element: Element, draft: QuestionDraft) -> None:
    _value(element, "single", "true")
    _value(element, "shuffleanswers", "true" if draft.shuffle else "false")
    _value(element, "answernumbering", "ABCD")
    for option in draft.options:
        _answer(element, option.text, 100 if option.correct else 0, option.rationale, option.picture)


def _several(element: Element, draft: QuestionDraft) -> None:
    _value(element, "single", "false")
    _value(element, "shuffleanswers", "true" if draft.shuffle else "false")
    _value(element, "answernumbering", "ABCD")
    right = sum(option.correct for option in draft.options)
    share = (Decimal(100) / max(right, 1)).quantize(Decimal("0.00001"))
    for option in draft.options:
        _answer(element, option.text, share if option.correct else -share, option.rationale, option.picture)


def _truth(element: Element, draft: QuestionDraft) -> None:
    for word, truth in (("true", True), ("false", False)):
        _answer(element, word, 100 if draft.truth is truth else 0, draft.rationale)


def _number(element: Element, draft: QuestionDraft) -> None:
    right = _answer(element, f"{draft.answer:f}", 100, draft.rationale)
    _value(right, "tolerance", f"{draft.tolerance:f}")
    for error in draft.near_misses:
        _value(_answer(element, error.text, 0, error.rationale), "tolerance", "0")


def _pairs(element: Element, draft: QuestionDraft) -> None:
    _value(element, "shuffleanswers", "true")
    for pair in draft.pairs:
        sub = _rich(element, "subquestion", pair.left)
        # Moodle knows no format here and passes over it; read back, a < stays a <.
        _text(SubElement(sub, "answer", format="plain_text"), pair.right)


def _steps(element: Element, draft: QuestionDraft) -> None:
    _value(element, "layouttype", "VERTICAL")
    _value(element, "selecttype", "ALL")
    _value(element, "gradingtype", "RELATIVE_NEXT_EXCLUDE_LAST")
    for place, step in enumerate(draft.steps, start=1):
        _answer(element, step, place)


def _spellings(element: Element, draft: QuestionDraft) -> None:
    _value(element, "usecase", "0" if draft.own.get("ignore_case", True) else "1")
    for text in draft.accepted:
        _answer(element, text.replace("*", r"\*"), 100)
    for near in draft.near_misses:
        _answer(element, near.text.replace("*", r"\*"), 0, near.rationale)


def _essay(element: Element, draft: QuestionDraft) -> None:
    _value(element, "responseformat", "editor")
    _value(element, "attachments", "0")
    if draft.own.get("max_words"):
        _value(element, "maxwordlimit", str(draft.own["max_words"]))
    _levels(element, draft)


def _files(element: Element, draft: QuestionDraft) -> None:
    _value(element, "responseformat", "noinline")
    _value(element, "attachments", "-1")
    _value(element, "attachmentsrequired", "1")
    _levels(element, draft)


def _levels(element: Element, draft: QuestionDraft) -> None:
    levels = [f"{place}: {level}" for place, level in enumerate(draft.rubric)]
    _rich(element, "graderinfo", "\n".join(levels))


_BODIES: dict[str, tuple[str, Callable[[Element, QuestionDraft], None]]] = {
    "single": ("multichoice", _choice),
    "picture": ("multichoice", _choice),
    "multiple": ("multichoice", _several),
    "true_false": ("truefalse", _truth),
    "numeric": ("numerical", _number),
    "matching": ("matching", _pairs),
    "ordering": ("ordering", _steps),
    "short_answer": ("shortanswer", _spellings),
    "open_text": ("essay", _essay),
    "task": ("essay", _files),
}
