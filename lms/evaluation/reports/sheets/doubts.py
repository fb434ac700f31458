"""What was doubtful in a file, in words: what stands where, what was done about it, what to do."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.evaluation.datasets.sheets import DoubtCode

Values = Mapping[str, Any]


def doubt_text(code: str, values: Values) -> str:
    """The sentence of a doubt, without its row and column."""
    return _SENTENCES[DoubtCode(code)](values)


def doubt_place(doubt: Mapping[str, Any]) -> str:
    """Where in the file: *row 7, “Tes awal”, “sakit”*. Empty if it is about the whole file."""
    parts = []
    if doubt.get("row"):
        parts.append(_("row %(row)s") % {"row": doubt["row"]})
    if doubt.get("column"):
        parts.append(_("column “%(column)s”") % {"column": doubt["column"]})
    if doubt.get("value"):
        parts.append(f"“{doubt['value']}”")
    return ", ".join(parts)


def doubt_line(doubt: Mapping[str, Any]) -> str:
    """Place and sentence of a doubt of the report."""
    place, said = doubt_place(doubt), doubt_text(doubt["code"], doubt["values"])
    return f"{place[0].upper()}{place[1:]}: {said}" if place else said


def _not_a_score(values: Values) -> str:
    return _("This is not a number, so the cell counts as empty. Correct it if there is a score.")


def _date(values: Values) -> str:
    return _(
        "A date stands where a score should be; the spreadsheet may have made it of something like 7/10. The "
        "cell counts as empty. Format the column as text and type the score again."
    )


def _formula(values: Values) -> str:
    return _(
        "A formula whose result is not stored in the file counts as empty. Open the file, save it, and send "
        "it again."
    )


def _above_max(values: Values) -> str:
    return _("More than the %(max)s points that can be got: the cell counts as empty. Correct it.") % values


def _below_zero(values: Values) -> str:
    return _("Less than 0 points: the cell counts as empty. Correct it.")


def _not_a_letter(values: Values) -> str:
    return _("This is not one letter (perhaps two were marked): it counts as no answer.")


def _no_id(values: Values) -> str:
    return _(
        "Nobody is named in this row. A row that holds all tests of a person counts as one more person; any "
        "other row is left out, because nobody knows whose it is."
    )


def _no_person(values: Values) -> str:
    return _("This row is no person of the list, perhaps a signature below it: it is left out.")


def _duplicate(values: Values) -> str:
    return _(
        "The same person and test stand in row %(first)s already. Only the first row counts. If these are "
        "two people, give them different codes."
    ) % dict(values)


def _repeated_answer(values: Values) -> str:
    return _("The same person answered this in row %(first)s already. Only the first answer counts.") % dict(
        values
    )


def _unknown_wave(values: Values) -> str:
    return _("We do not know this test, so the row is left out. Write pre, post or followup.")


def _no_item(values: Values) -> str:
    return _("No question is named in this row, so it is left out.")


def _more_cells(values: Values) -> str:
    return _(
        "This row has more cells than there are headings, perhaps a decimal comma in a file whose cells are "
        "divided by commas. It is left out. Save the file with semicolons."
    )


def _summary_row(values: Values) -> str:
    return _("This row sums up the others and is no person: it is left out.")


def _no_answer(values: Values) -> str:
    return _("Nothing is filled in: this person counts as not having taken this test.")


def _no_group(values: Values) -> str:
    return _("No group is given: this person counts in the whole and in no group.")


def _two_groups(values: Values) -> str:
    return _("An earlier row gives this person another group; that one counts.")


def _thousands(values: Values) -> str:
    return _(
        "Numbers such as 1.234 were read with decimals. If thousands are meant, write them without a sign: "
        "1234."
    )


def _no_id_column(values: Values) -> str:
    return _("No column names the people (id, kode, nama), so each row counts as one person.")


def _unused_columns(values: Values) -> str:
    return _("Not used: %(names)s.") % values


def _read_as_items(values: Values) -> str:
    return _(
        "Read as questions, because they hold only 0 and 1: %(names)s. If one is not, remove the column."
    ) % (values)


def _other_sheets(values: Values) -> str:
    return ngettext(
        "Only the sheet “%(sheet)s” was read; %(n)d other holds cells too.",
        "Only the sheet “%(sheet)s” was read; %(n)d others hold cells too.",
        values["n"],
    ) % dict(values)


def _lost_letters(values: Values) -> str:
    return _("Some letters could not be read. Scores are not touched; to keep names whole, save it as UTF-8.")


def _mixed_decimals(values: Values) -> str:
    return _("Some numbers have a comma before the decimals and some a point. Both were read as decimals.")


def _max_from_heading(values: Values) -> str:
    return _("The file says that %(max)s points can be got.") % values


def _max_of_items(values: Values) -> str:
    return (
        _("You gave %(said)s as the most points, but the questions add up to %(max)s. We use %(max)s.")
        % values
    )


def _max_guessed(values: Values) -> str:
    return (
        _(
            "The most points for each question are not given; the highest that somebody got was taken, in "
            "all %(max)s. If that is wrong, add a row “maks” with the most points for each question."
        )
        % values
    )


def _no_max(values: Values) -> str:
    return _("The most points that can be got are not given, so nothing is shown in percent. Give them.")


def _only_one_test(values: Values) -> str:
    return _("Only one of the tests has scores, so there is no gain to compute.")


def _item_in_one_test(values: Values) -> str:
    return _("The question “%(item)s” was not asked in both tests; it is left out of all points.") % values


def _item_without_key(values: Values) -> str:
    return _("The key does not know the question “%(item)s”; it is left out of all points.") % values


def _key_without_item(values: Values) -> str:
    return _("The key has the question “%(item)s”, which is not in the file.") % values


def _key_unused(values: Values) -> str:
    return _("The key was not used: the file holds points, not letters.")


_SENTENCES: Mapping[DoubtCode, Callable[[Values], str]] = {
    DoubtCode.NOT_A_SCORE: _not_a_score,
    DoubtCode.DATE: _date,
    DoubtCode.FORMULA: _formula,
    DoubtCode.ABOVE_MAX: _above_max,
    DoubtCode.BELOW_ZERO: _below_zero,
    DoubtCode.NOT_A_LETTER: _not_a_letter,
    DoubtCode.NO_ID: _no_id,
    DoubtCode.NO_PERSON: _no_person,
    DoubtCode.DUPLICATE: _duplicate,
    DoubtCode.REPEATED_ANSWER: _repeated_answer,
    DoubtCode.UNKNOWN_WAVE: _unknown_wave,
    DoubtCode.NO_ITEM: _no_item,
    DoubtCode.MORE_CELLS: _more_cells,
    DoubtCode.SUMMARY_ROW: _summary_row,
    DoubtCode.NO_ANSWER: _no_answer,
    DoubtCode.NO_GROUP: _no_group,
    DoubtCode.TWO_GROUPS: _two_groups,
    DoubtCode.THOUSANDS: _thousands,
    DoubtCode.NO_ID_COLUMN: _no_id_column,
    DoubtCode.UNUSED_COLUMNS: _unused_columns,
    DoubtCode.READ_AS_ITEMS: _read_as_items,
    DoubtCode.OTHER_SHEETS: _other_sheets,
    DoubtCode.LOST_LETTERS: _lost_letters,
    DoubtCode.MIXED_DECIMALS: _mixed_decimals,
    DoubtCode.MAX_FROM_HEADING: _max_from_heading,
    DoubtCode.MAX_OF_ITEMS: _max_of_items,
    DoubtCode.MAX_GUESSED: _max_guessed,
    DoubtCode.NO_MAX: _no_max,
    DoubtCode.ONLY_ONE_TEST: _only_one_test,
    DoubtCode.ITEM_IN_ONE_TEST: _item_in_one_test,
    DoubtCode.ITEM_WITHOUT_KEY: _item_without_key,
    DoubtCode.KEY_WITHOUT_ITEM: _key_without_item,
    DoubtCode.KEY_UNUSED: _key_unused,
}
