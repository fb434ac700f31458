"""What is asked before two records of one person become one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.domain import MERGED_FIELDS, Comparison
from lms.people.models import Participant

KEPT, MERGED = "kept", "merged"


@dataclass(frozen=True, slots=True)
class Cell:
    """The value of one of the two records; ``field`` is empty where nothing is to be chosen."""

    side: str
    text: str
    field: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the comparison."""

    label: str
    cells: tuple[Cell, Cell]
    differs: bool


class MergeForm(forms.Form):
    """For each field in which the two differ, and for the card, which one is kept; and why.

    ``hidden`` fields are not shown: there the kept value stays unless it is empty.
    """

    card = forms.ChoiceField(choices=[(KEPT, KEPT), (MERGED, MERGED)])
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "How you know that this is one person, for example: asked her on the phone, she registered twice."
        ),
        error_messages={
            "required": gettext_lazy("Say why. It will be read in the history of the participant.")
        },
    )
    state = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, comparison: Comparison, hidden: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.comparison = comparison
        self.hidden = hidden
        self.initial = {"state": comparison.state, "card": self._likely_card(), **self.initial}
        for name in comparison.differing:
            if name not in hidden:
                self.fields[name] = forms.ChoiceField(choices=[(KEPT, KEPT), (MERGED, MERGED)])
                self.initial[name] = self._default(name)

    def take(self) -> list[str]:
        """The fields whose value comes from the record that becomes empty."""
        chosen = [name for name in MERGED_FIELDS if self.cleaned_data.get(name) == MERGED]
        unseen = [name for name in self.comparison.differing if name in self.hidden]
        return chosen + [name for name in unseen if self._default(name) == MERGED]

    def show_again(self) -> None:
        """After something has changed: the choices stay, the fingerprint is the new one."""
        self.data = self.data.copy()
        self.data["state"] = self.comparison.state

    def lines(self) -> Iterator[Line]:
        """The facts of both side by side, with what there is to choose."""
        both = (self.comparison.kept, self.comparison.merged)
        for name in MERGED_FIELDS:
            if name in self.hidden:
                continue
            texts = [_shown(person, name) for person in both]
            label = Participant._meta.get_field(name).verbose_name
            yield self._line(str(label), name if name in self.fields else "", texts)
        yield self._line(_("Card that stays valid"), "card", [_card(person) for person in both])
        for fact in self.comparison.facts:
            texts = [str(fact.values.get(person.pk) or "–") for person in both]
            yield self._line(str(fact.label), "", texts)

    def _line(self, label: str, field: str, texts: list[str]) -> Line:
        chosen = self[field].value() if field else ""
        kept, merged = (
            Cell(side, text, field, checked=bool(field) and chosen == side)
            for side, text in zip((KEPT, MERGED), texts, strict=True)
        )
        return Line(label[:1].upper() + label[1:], (kept, merged), differs=texts[0] != texts[1])

    def _default(self, name: str) -> str:
        kept, merged = (getattr(person, name) for person in (self.comparison.kept, self.comparison.merged))
        return MERGED if merged and not kept else KEPT

    def _likely_card(self) -> str:
        return (
            KEPT
            if likely_kept(self.comparison.kept, self.comparison.merged)[0] == self.comparison.kept
            else MERGED
        )


def likely_kept(one: Participant, other: Participant) -> tuple[Participant, Participant]:
    """The two with the one in front whose card is in use: last signed in, else with a PIN, else older."""

    def weight(person: Participant) -> tuple[Any, ...]:
        moment = person.last_signed_in_at
        return (
            moment is not None,
            moment and moment.timestamp(),
            bool(person.pin_hash),
            -person.created_at.timestamp(),
        )

    first, second = sorted((one, other), key=weight, reverse=True)
    return first, second


def _shown(person: Participant, name: str) -> str:
    field: models.Field[Any, Any] = Participant._meta.get_field(name)  # type: ignore[assignment]
    value = getattr(person, f"get_{name}_display")() if field.choices else getattr(person, name)
    return str(value) if value else "–"


def _card(person: Participant) -> str:
    if person.last_signed_in_at is not None:
        state = _("last used on %(day)s") % {"day": date_format(person.last_signed_in_at, "j M Y")}
    else:
        state = _("has a PIN, never used") if person.pin_hash else _("no card printed yet")
    return (
        f"{person.code} · {state}"
        if person.is_active
        else _("%(code)s · may not sign in") % {"code": person.code}
    )
