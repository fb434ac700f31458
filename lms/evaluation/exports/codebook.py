"""What every column of a workbook means: the sheet without which numbers are soon misread."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lms.evaluation.exports.tables import Sheet


def codebook(sheets: Sequence[Sheet]) -> Sheet:
    """A row for each column of ``sheets``. KeyError for a column that nobody has explained."""
    meanings = _meanings()
    rows = []
    for sheet in sheets:
        for column in sheet.columns:
            rows.append((sheet.title, column, _meaning(sheet, column, meanings)))
    return Sheet("codebook", _("Codebook"), ("sheet", "column", "meaning"), rows)


def _meaning(sheet: Sheet, column: str, meanings: dict[str, str]) -> str:
    if column in meanings:
        return meanings[column]
    if sheet.key == "pairs":
        code, moment = column.rsplit("_", 1)
        said = {
            "pre": _("Points before on the questions that serve outcome %(code)s."),
            "post": _("Points after on the questions that serve outcome %(code)s."),
        }[moment]
        never = _("A question may serve several outcomes: never add these columns up.")
        return f"{said % {'code': code}} {never}"
    raise KeyError(column)


def _meanings() -> dict[str, str]:
    return {**_of_people(), **_of_change(), **_of_questions(), **_of_answers()}


def _of_people() -> dict[str, str]:
    return {
        "measure": _("Name of the figure, the same in every language."),
        "label": _("The same in words."),
        "value": _("The figure, exact and not rounded. A figure that may not be told is left out."),
        "data_simulasi": _("ya: made for a demonstration, not from real people; tidak: real."),
        "participant": _(
            "A pseudonym, the same for the same person in every file of this training. Nobody can trace it "
            "back without the key of this site."
        ),
        "form_order": _("The forms in the order taken: AB is form A before and form B after."),
        "form_pre": _("The form taken before."),
        "points_pre": _("Points before: first try only."),
        "form_post": _("The form taken after."),
        "points_post": _("Points after: first try only."),
        "gain": _("points_post - points_pre of this person."),
        "dimension": _("By what people are grouped."),
        "group": _("The group."),
        "withheld": _(
            "Why no figure is told. small: fewer than 5 people. complement: with it a small group could be "
            "worked out. uneven: nearly all took the forms in one order."
        ),
    }


def _of_change() -> dict[str, str]:
    return {
        "outcome": _("Code of the learning outcome."),
        "n": _("People with both tests whom the row is about."),
        "items": _("Questions in each form; the smaller number if they differ."),
        "max_points": _("Points possible; empty where the forms differ."),
        "mean_pre": _("Mean before in points: the two orders of forms weigh the same."),
        "mean_post": _("Mean after in points: the two orders of forms weigh the same."),
        "mean_gain": _("Mean change in points: the mean of the two orders' mean changes."),
        "ci_low": _("Lower end of the 95 percent range of the mean change (Student's t)."),
        "ci_high": _("Upper end of the 95 percent range of the mean change (Student's t)."),
        "rose": _("People with more points after than before."),
        "same": _("People with the same points."),
        "fell": _("People with fewer points after than before."),
        "reason": _(
            "Why there is no mean. too_few: fewer than 5 people. too_short: one question or fewer than 3 "
            "points. max_differs: the forms give different points. forms_not_balanced: only one order of "
            "forms was taken."
        ),
    }


def _of_questions() -> dict[str, str]:
    return {
        "question": _("Code of the pair of parallel questions, one in each form."),
        "outcomes": _("Codes of the learning outcomes that the question serves."),
        "share_pre": _("Share of its points earned before, 0 to 1."),
        "share_post": _("Share of its points earned after, 0 to 1."),
        "rir": _(
            "Corrected item-rest correlation after: with the points of all other questions. From 30 people."
        ),
        "flags": _("What the author should look at. From 20 people."),
        "stem": _("The question as it was asked, form A / form B."),
        "n00": _("People who were wrong before and after."),
        "n01": _("People who were wrong before and right after (became right)."),
        "n10": _("People who were right before and wrong after (became wrong)."),
        "n11": _("People who were right before and after."),
        "right_pre": _("Share of people right before, 0 to 1."),
        "right_post": _("Share of people right after, 0 to 1."),
        "p_holm": _("McNemar's exact p, adjusted by Holm over all questions; from 6 changes on."),
    }


def _of_answers() -> dict[str, str]:
    return {
        "person": _(
            "A pseudonym for research, the same for the same person in every such file of this training, and "
            "another than in the other files."
        ),
        "wave": _("pre: the test before; post: the test after. First tries only."),
        "form": _("The form taken."),
        "position": _("Place of the question in the order in which this person saw it, from 1."),
        "item": _("Code of this version of the question."),
        "kind": _("Kind of question."),
        "points": _("Points possible on this question."),
        "earned": _("Points earned; 0 where it was left out."),
    }
