"""Warnings that stand before the numbers, as codes for machines and sentences for people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.ui.templatetags.lms_ui import format_number


class NoteCode(StrEnum):
    TOO_FEW = "too_few"
    INDICATIVE = "indicative"
    FORMS_NOT_BALANCED = "forms_not_balanced"
    FORMS_DIFFER = "forms_differ"
    NOTHING_COMMON = "nothing_common"
    VERSIONS_DIFFER = "versions_differ"
    NOT_ALL_ASKED = "not_all_asked"
    UNMARKED = "unmarked"
    SAME_FORM = "same_form"
    UNEVEN_ORDERS = "uneven_orders"
    MANY_LOST = "many_lost"
    CEILING = "ceiling"
    NO_SPREAD = "no_spread"
    INCLUDES_ZERO = "includes_zero"


@dataclass(frozen=True, slots=True)
class Note:
    """A code with the numbers of its sentence. ``text`` is in the language active when it is read."""

    code: NoteCode
    values: Mapping[str, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return _SENTENCES[self.code](self.values)


Values = Mapping[str, int]


def _too_few(values: Values) -> str:
    return _("Not enough data (fewer than 5 people took both the pre-test and the post-test).")


def _indicative(values: Values) -> str:
    return _("Indicative: only %(n)s people.") % {"n": values["n"]}


def _forms_not_balanced(values: Values) -> str:
    return _("The forms before and after differ and are not equated, so no gain is computed.")


def _forms_differ(values: Values) -> str:
    return _("The two forms do not give the same number of points, so no gain is computed.")


def _versions_differ(values: Values) -> str:
    return ngettext(
        "%(n)s question was changed while the test was in use; it is left out of all points.",
        "%(n)s questions were changed while the test was in use; they are left out of all points.",
        values["n"],
    ) % {"n": values["n"]}


def _nothing_common(values: Values) -> str:
    return _("No question was asked of everybody in one version, so no gain is computed.")


def _not_all_asked(values: Values) -> str:
    return ngettext(
        "%(n)s question was not asked of everybody, for instance because it was drawn by lot; it is left out "
        "of all points.",
        "%(n)s questions were not asked of everybody, for instance because they were drawn by lot; they are "
        "left out of all points.",
        values["n"],
    ) % {"n": values["n"]}


def _unmarked(values: Values) -> str:
    return ngettext(
        "A test of %(n)s participant still waits to be marked; it is not in these figures yet.",
        "Tests of %(n)s participants still wait to be marked; they are not in these figures yet.",
        values["n"],
    ) % {"n": values["n"]}


def _same_form(values: Values) -> str:
    return ngettext(
        "%(n)s participant took the same form twice and is left out.",
        "%(n)s participants took the same form twice and are left out.",
        values["n"],
    ) % {"n": values["n"]}


def _uneven_orders(values: Values) -> str:
    return ngettext(
        "Only %(n)s participant of %(all)s took the forms in one of the two orders, and counts for half.",
        "Only %(n)s participants of %(all)s took the forms in one of the two orders, and count for half.",
        values["n"],
    ) % {"n": values["n"], "all": values["all"]}


def _many_lost(values: Values) -> str:
    return _(
        "%(k)s of %(n)s participants did not take the post-test; "
        "the result may look better or worse than it is."
    ) % {"k": values["k"], "n": values["n"]}


def _ceiling(values: Values) -> str:
    return _("The pre-test was almost full already; a gain cannot show.")


def _no_spread(values: Values) -> str:
    if "x" not in values:
        return _(
            "Everyone who took the forms in the same order changed by the same; no range can be computed."
        )
    x = values["x"]
    if not x:
        return _("Nobody's points changed; no range can be computed.")
    sentence = (
        _("Every participant rose by %(x)s points; no range can be computed.")
        if x > 0
        else _("Every participant fell by %(x)s points; no range can be computed.")
    )
    return sentence % {"x": format_number(abs(x), 0 if x == int(x) else 2)}


def _includes_zero(values: Values) -> str:
    return _("The plausible range includes zero: these data do not show a clear change.")


_SENTENCES: Mapping[NoteCode, Callable[[Values], str]] = {
    NoteCode.TOO_FEW: _too_few,
    NoteCode.INDICATIVE: _indicative,
    NoteCode.FORMS_NOT_BALANCED: _forms_not_balanced,
    NoteCode.FORMS_DIFFER: _forms_differ,
    NoteCode.NOTHING_COMMON: _nothing_common,
    NoteCode.VERSIONS_DIFFER: _versions_differ,
    NoteCode.NOT_ALL_ASKED: _not_all_asked,
    NoteCode.UNMARKED: _unmarked,
    NoteCode.SAME_FORM: _same_form,
    NoteCode.UNEVEN_ORDERS: _uneven_orders,
    NoteCode.MANY_LOST: _many_lost,
    NoteCode.CEILING: _ceiling,
    NoteCode.NO_SPREAD: _no_spread,
    NoteCode.INCLUDES_ZERO: _includes_zero,
}
