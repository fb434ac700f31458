"""What who prints tests or types answers off paper is asked."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.learning.domain.keyed import KeyedQuestion

_MOST_BLANK = 40
# Django refuses a form of more than 1000 fields, and a longer table is no faster to type in.
_MOST_CELLS = 800
_LONGEST_CELL = 2000


class PrintForm(forms.Form):
    """Whose tests, which form, how large."""

    occasion = forms.CharField(widget=forms.HiddenInput)
    form = forms.ChoiceField(label=_("Form"), widget=forms.RadioSelect)
    who = forms.ChoiceField(
        label=_("For whom"),
        choices=[
            ("open", _("Everybody with this form who has not taken it yet")),
            ("all", _("Everybody with this form")),
            ("none", _("Nobody by code: blank copies only")),
        ],
        initial="open",
        widget=forms.RadioSelect,
    )
    with_names = forms.BooleanField(label=_("Print names beside the codes"), required=False, initial=True)
    blank = forms.IntegerField(
        label=_("Blank copies besides"), min_value=0, max_value=_MOST_BLANK, required=False, initial=0
    )
    size = forms.ChoiceField(
        label=_("Letters"),
        choices=[("normal", _("Normal")), ("large", _("Large (18 points), for weak eyes"))],
        initial="normal",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, letters: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [(letter, letter) for letter in letters]
        if letters:
            self.fields["form"].initial = letters[0]


class DayForm(forms.Form):
    """The day on which the sheets were filled in, and whether once is enough."""

    taken_on = forms.DateField(
        label=_("Day of the test"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, for example 2026-06-01.")},
    )
    single = forms.BooleanField(
        label=_("Type only once, without a second round"),
        required=False,
        help_text=_("Faster, but slips of the finger stay. The record of each attempt says so."),
    )


class PhotoForm(forms.Form):
    """The photo of a sheet."""

    photo = forms.FileField(
        label=_("Photo of the sheet"), help_text=_("JPEG, PNG, WebP or PDF, up to 10 MB.")
    )


@dataclass(slots=True)
class GridRow:
    """One row of the grid: what was typed, by place, and whether the sheet came back empty."""

    key: uuid.UUID
    typed: dict[str, str] = field(default_factory=dict)
    is_blank: bool = False

    @property
    def is_touched(self) -> bool:
        """Whether anything was typed or ticked."""
        return self.is_blank or any(text.strip() for text in self.typed.values())


def read_grid(
    data: Mapping[str, Any], keys: Iterable[uuid.UUID], questions: list[KeyedQuestion]
) -> list[GridRow]:
    """The rows of a posted grid, in order, as they were typed. Cells of other rows are not looked at."""
    return [
        GridRow(
            key=key,
            typed={
                str(question.position): str(data.get(f"c-{key}-{question.position}", ""))[:_LONGEST_CELL]
                for question in questions
            },
            is_blank=bool(data.get(f"blank-{key}")),
        )
        for key in keys
    ]


def rows_per_page(questions: list[KeyedQuestion]) -> int:
    """How many rows of a grid fit into one form."""
    return max(1, _MOST_CELLS // (len(questions) + 1))
