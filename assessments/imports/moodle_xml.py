"""Moodle XML: from the file to drafts. What each type of question becomes is in ``moodle_types``."""

from collections.abc import Callable
from decimal import Decimal
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from assessments.datasets.drafts import ParsedFile, QuestionDraft, Refusal
from assessments.imports.moodle_question import MoodleQuestion, text_of
from assessments.imports.moodle_types import READERS
from assessments.imports.plain import CannotTakeError, html_to_text, tidy
from assessments.imports.reading import MAX_QUESTIONS, parse_xml, refuse

FORMAT = "moodle_xml"


def parse(data: bytes) -> ParsedFile:
    """Raises ValidationError where the file as a whole is none; a wrong question becomes a Refusal."""
    root = parse_xml(data)
    if root.tag != "quiz":
        raise refuse(_("This XML file is not a quiz that Moodle exported (it has no <quiz>)."), "format")
    parsed = ParsedFile(FORMAT)
    elements = [element for element in root if element.tag == "question"]
    if len(elements) > MAX_QUESTIONS:
        raise refuse(_("This file has more than 5,000 questions. Divide it into smaller files."), "size")
    category = ""
    number = 0
    for element in elements:
        kind = (element.get("type") or "").strip().lower()
        if kind == "category":
            category = _category(element)
            continue
        number += 1
        if kind not in READERS:
            parsed.unknown[kind[:60] or "?"] += 1
            continue
        parsed.entries.append(_entry(element, number, category, READERS[kind]))
    return parsed


def _entry(
    element: Element, number: int, category: str, reader: Callable[[MoodleQuestion], QuestionDraft]
) -> QuestionDraft | Refusal:
    written = text_of(element.find("name"))[:2_000]
    name = tidy(html_to_text(written).text)[:120].replace("\n", " ")
    where = _("Question %(number)d “%(name)s”") % {"number": number, "name": name[:60]}
    question = MoodleQuestion(element, where)
    try:
        draft = reader(question)
    except CannotTakeError as reason:
        return Refusal(where, str(reason), name)
    # A name that repeats the question may hold a "<" that is no mark-up.
    plain = " ".join(written.split())
    repeats = plain.rstrip(".… ") in " ".join(draft.stem.split())
    draft.title = draft.title or (plain[:120] if repeats else name)
    draft.code = question.value("idnumber")
    draft.points = question.number("defaultgrade", default=Decimal(1))
    general = question.only_text(element.find("generalfeedback"))
    draft.feedback = general
    draft.tags = [text_of(tag).strip() for tag in element.findall("tags/tag") if text_of(tag).strip()]
    draft.place.setdefault("category", category)
    draft.changes = [*dict.fromkeys([*question.changes, *draft.changes])]
    return draft


def _category(element: Element) -> str:
    child = element.find("category")
    path = text_of(child).strip()
    return path.removeprefix("$course$").removeprefix("$module$").strip("/").removeprefix("top/")[:200]
