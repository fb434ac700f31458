"""From a draft to a question that could be saved: the kind's own readers, the model's own checks."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from assessments.bank_item import BankItem
from assessments.datasets.content import by_relation, content_of, fingerprint, row_models
from assessments.datasets.drafts import Draft, PictureDraft, QuestionDraft, RecordDraft
from assessments.datasets.tags import read_tags
from assessments.imports.pictures import BadPictureError, CleanPicture, clean_picture
from assessments.imports.shapes import SHAPES
from assessments.models import Outcome, QuestionMedia
from assessments.questions.base import UNEVEN_POINTS, Question
from assessments.registry import kinds

MAX_POINTS = 1_000


@dataclass(slots=True)
class Known:
    """What the database has that a file may name: read once for the whole file."""

    outcomes: dict[str, Outcome]
    media: dict[str, list[QuestionMedia]]

    @classmethod
    def read(cls) -> "Known":
        media: dict[str, list[QuestionMedia]] = {}
        for entry in QuestionMedia.objects.all():
            media.setdefault(entry.title, []).append(entry)
            media[str(entry.pk)] = [entry]
        return cls({outcome.code: outcome for outcome in Outcome.objects.all()}, media)


@dataclass(slots=True)
class Built:
    """A question with its options and pictures, unsaved."""

    question: Question
    rows: list[models.Model]
    outcomes: list[Outcome]
    code: str
    changes: list[str]
    pictures: list[tuple[Any, CleanPicture]] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        return fingerprint(content_of(self.question, by_relation(type(self.question), self.rows)))


def build(draft: Draft, known: Known) -> Built:
    """Raises ValidationError with sentences if the draft cannot be asked here."""
    built = _from_draft(draft, known) if isinstance(draft, QuestionDraft) else _from_record(draft, known)
    _check(built.question, exclude={"code"})
    for number, row in enumerate(built.rows, start=1):
        _check(row, exclude={"question", "image", "audio"}, number=number)
    problems = list(built.question.authoring_problems(built.rows))
    fatal = [text for problem in problems if problem.code != UNEVEN_POINTS for text in problem.messages]
    if fatal:
        raise ValidationError(fatal)
    built.changes += [text for problem in problems for text in problem.messages]
    return built


# Drafts of other formats


def _from_draft(draft: QuestionDraft, known: Known) -> Built:
    draft = replace(draft, changes=list(draft.changes))
    changes = draft.changes
    place, own, words = read_tags(draft.tags)
    draft.rubric = own.pop("rubric", draft.rubric)
    kind = own.pop("type", draft.kind)
    if SHAPES.get(kind) is not SHAPES[draft.kind]:
        kind = draft.kind
    model = kinds()[kind]
    if own.get("scoring") not in (None, *model.scoring_rules):
        words.append(own.pop("scoring"))
    item = BankItem({**SHAPES[kind](draft), **draft.own, **own}, _("Its answers"))
    stem = draft.stem or _stem_of_picture(draft, changes)
    question: Question = model(
        stem=stem,
        feedback=draft.feedback,
        **_place_fields(model, place, words),
        **model.fields_from_bank(item),
    )
    rows = model.rows_from_bank(item)
    notes = [draft.note, *_origin(draft, words)]
    notes += _fit_rationales(rows, changes)
    question.note = "\n".join(text for text in notes if text)
    outcomes = [known.outcomes[code] for code in place.get("outcomes", []) if code in known.outcomes]
    built = Built(question, rows, outcomes, draft.code, changes)
    _set_points(built, Decimal(place.get("points", draft.points)))
    _set_pictures(built, draft)
    return built


def _place_fields(model: type[Question], place: dict[str, Any], words: list[str]) -> dict[str, Any]:
    """Fields that tags gave, each only if it is a possible value; the others stay words."""
    fields: dict[str, Any] = {}
    for name, value in place.items():
        if name in ("outcomes", "points", "category"):
            continue
        try:
            model._meta.get_field(name).clean(value, None)  # type: ignore[union-attr]
            fields[name] = value
        except ValidationError:
            words.append(f"{name}: {value}")
    return fields


def _origin(draft: QuestionDraft, words: list[str]) -> Iterable[str]:
    """What the file said about the question and no field of ours holds, for the note of trainers."""
    title = " ".join(draft.title.rstrip(".… ").split())
    names = (draft.code, " ".join(draft.code.split()))
    known = title in names or draft.title in names or title in " ".join(draft.stem.split())
    if title and not known:
        yield _("Title: %(title)s") % {"title": title}
    category = str(draft.place.get("category") or "")
    if category:
        yield _("Category: %(category)s") % {"category": category}
    if words:
        yield _("Tags: %(tags)s") % {"tags": ", ".join(words)}


def _fit_rationales(rows: Iterable[models.Model], changes: list[str]) -> list[str]:
    """Shorten reasons that are too long for an option; the whole text goes to the note."""
    whole = []
    for row in rows:
        reason = getattr(row, "rationale", "")
        most = row._meta.get_field("rationale").max_length if reason else None
        if most and len(reason) > most:
            whole.append(f"{row}: {reason}")
            row.rationale = reason[: most - 1] + "…"  # type: ignore[attr-defined]
    if whole:
        changes.append(_("Long feedback on an answer was shortened; the whole text is in the note."))
    return whole


def _set_points(built: Built, points: Decimal) -> None:
    """Whole points, and one for each part that earns points: half points do not exist here."""
    question = built.question
    if not question.scored or (question.marked_by_hand and points == 0):
        question.points = 0
        return
    whole = int(min(max(points.to_integral_value(ROUND_CEILING), 1), MAX_POINTS))
    parts = max(question.possible_parts(built.rows), 1)
    question.points = -(-whole // parts) * parts
    if question.points != points:
        built.changes.append(
            _("Its points became %(points)d (they were %(before)s).")
            % {"points": question.points, "before": f"{points.normalize():f}"}
        )


def _stem_of_picture(draft: QuestionDraft, changes: list[str]) -> str:
    if not draft.pictures:
        return ""
    changes.append(_("The question is only a picture; it got a sentence before it."))
    return draft.pictures[0].alternative or _("Look at the picture.")


def _set_pictures(built: Built, draft: QuestionDraft) -> None:
    """The first picture belongs to the question, the others are told; options have one each."""
    if len(draft.pictures) > 1:
        built.changes.append(
            _("Only the first of its %(number)d pictures was taken.") % {"number": len(draft.pictures)}
        )
    wanted: list[tuple[Any, PictureDraft]] = [(built.question, picture) for picture in draft.pictures[:1]]
    if len(built.rows) == len(draft.options):
        pairs = zip(built.rows, draft.options, strict=True)
        wanted += [(row, option.picture) for row, option in pairs if option.picture]
    for record, picture in wanted:
        try:
            clean = clean_picture(picture)
        except BadPictureError as reason:
            built.changes.append(_("A picture was left out: %(reason)s") % {"reason": reason})
            continue
        if not picture.alternative:
            built.changes.append(_("A picture has no words for people who cannot see it. Please write them."))
        record.image = clean.record
        built.pictures.append((record, clean))


# Our own workbook


def _from_record(draft: RecordDraft, known: Known) -> Built:
    model = kinds()[draft.kind]
    missing = [code for code in draft.outcomes if code not in known.outcomes]
    if missing:
        raise ValidationError(
            _("No learning outcome has the code %(codes)s.") % {"codes": ", ".join(missing)}
        )
    question: Question = model(**_resolved(model, draft.fields, known))
    rows: list[models.Model] = []
    for relation, row_model in row_models(model).items():
        rows += [
            row_model(sort_order=number, **_resolved(row_model, row, known))
            for number, row in enumerate(draft.rows.get(relation, []))
        ]
    if not question.scored:
        question.points = 0
    outcomes = [known.outcomes[code] for code in draft.outcomes]
    return Built(question, rows, outcomes, draft.code, list(draft.changes))


def _resolved(model: type[models.Model], values: dict[str, Any], known: Known) -> dict[str, Any]:
    """Titles of pictures and recordings as the records that have them."""
    resolved = {}
    for name, value in values.items():
        if model._meta.get_field(name).is_relation and value is not None:
            found = known.media.get(str(value), [])
            if len(found) != 1:
                raise ValidationError(
                    _("No picture or recording is called “%(title)s”, or more than one is.")
                    % {"title": value}
                )
            value = found[0]
        resolved[name] = value
    return resolved


def _check(record: models.Model, exclude: set[str], number: int | None = None) -> None:
    """The model's own validators, as sentences that name the field (and the option)."""
    try:
        record.clean_fields(exclude=exclude | {"polymorphic_ctype", "question_ptr", "image", "audio"})
    except ValidationError as error:
        start = "" if number is None else _("Option %(number)d: ") % {"number": number}
        raise ValidationError(
            [
                start + (text if name == NON_FIELD_ERRORS else f"{_name_of(record, name)}: {text}")
                for name, texts in error.message_dict.items()
                for text in texts
            ]
        ) from error


def _name_of(record: models.Model, name: str) -> str:
    return str(getattr(record._meta.get_field(name), "verbose_name", name))
