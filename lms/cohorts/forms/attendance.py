"""Forms of a meeting: the tick list, one person in it, the code."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.cohorts.domain.attendance_list import Answer
from lms.cohorts.enums import MEANS_OF_STAFF, AttendanceStatus, Means
from lms.cohorts.models import Attendance, Enrolment, Meeting
from lms.cohorts.queries.attendance import NOT_RECORDED, PersonThere
from lms.cohorts.queries.times import at_meeting, zone_of
from lms.people.domain import clean_line

_MEANS = [(means.value, means.label) for means in MEANS_OF_STAFF]
_REASON_HELP = _("The day of the meeting is over: say why what was recorded is changed.")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the tick list as it is shown. ``overtaken``: what a colleague recorded meanwhile."""

    enrolment: Enrolment
    field: str
    status: str
    thumb: bool
    attendance: Attendance | None
    overtaken: Attendance | None = None


class TickListForm(forms.Form):
    """The tick list of a meeting.

    Rows are named by enrolment (``e-…`` the answer, ``t-…`` the thumbprint) and read by hand: fields of
    Django would make a list of 300 people slow to draw. ``seen`` says what the screen began with, so that two
    people may tick one list: what a screen did not touch is not taken from it.
    """

    means = forms.ChoiceField(label=_("Known from"), choices=_MEANS, required=False)
    reason = forms.CharField(
        label=_("Why is it corrected?"), max_length=300, required=False, help_text=_REASON_HELP
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Sequence[PersonThere], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self._overtaken: dict[uuid.UUID, Attendance] = {}
        self._seen = _read_seen(self.data.get("seen", "")) if self.is_bound else {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        known = {NOT_RECORDED, *AttendanceStatus.values}
        if any(self.data.get(_field(each), NOT_RECORDED) not in known for each in self.people):
            self.add_error(None, _("Choose one of the answers for the attendance."))
        return cleaned

    def answers(self, *, rest: str = NOT_RECORDED) -> list[Answer]:
        """What stands in each row; ``rest`` is given to everybody of whom nothing is known by now."""
        return [self._answer(each, rest) for each in self.people]

    def _answer(self, each: PersonThere, rest: str) -> Answer:
        seen, thumb_seen = self._seen.get(each.enrolment.pk.hex, (NOT_RECORDED, False))
        status = self.data.get(_field(each), NOT_RECORDED)
        if not status and each.attendance is None:
            status = rest
        return Answer(each.enrolment, seen, status, thumb_seen, _thumb(each) in self.data)

    def ask_again(self, overtaken: Sequence[tuple[Answer, Attendance]]) -> None:
        """Show these rows as they were typed, beside what a colleague recorded; saved again, they count."""
        self._overtaken = {answer.enrolment.pk: now for answer, now in overtaken}

    def rows(self) -> list[Row]:
        """Each person with what to show as ticked: what is known, or what was typed and not taken."""
        return [self._row(each) for each in self.people]

    def _row(self, each: PersonThere) -> Row:
        known = each.attendance
        status, thumb = each.status, bool(known and known.thumbprint)
        overtaken = self._overtaken.get(each.enrolment.pk)
        if self.is_bound and (self.errors or overtaken):
            status = self.data.get(_field(each), NOT_RECORDED) or status
            thumb = _thumb(each) in self.data
        return Row(each.enrolment, _field(each)[2:], status, thumb, known, overtaken)

    def seen_now(self) -> str:
        """What the screen begins with. After an error it is what it began with before: nothing was taken."""
        if self.is_bound and self.errors and not self._overtaken:
            return str(self.data.get("seen", ""))
        rows = ((each, bool(each.attendance and each.attendance.thumbprint)) for each in self.people)
        return " ".join(f"{each.enrolment.pk.hex}:{each.status}:{int(thumb)}" for each, thumb in rows)


def _field(each: PersonThere) -> str:
    return f"e-{each.enrolment.pk.hex}"


def _thumb(each: PersonThere) -> str:
    return f"t-{each.enrolment.pk.hex}"


def _read_seen(text: str) -> Mapping[str, tuple[str, bool]]:
    rows = (entry.split(":") for entry in text.split())
    return {row[0]: (row[1], row[2] == "1") for row in rows if len(row) == 3}


class PersonAtMeetingForm(forms.Form):
    """One person at one meeting: everything that can be said of it."""

    status = forms.ChoiceField(
        label=_("Attendance"),
        choices=AttendanceStatus.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers for the attendance.")},
    )
    means = forms.ChoiceField(label=_("Known from"), choices=_MEANS)
    arrived = forms.TimeField(
        label=_("Arrived at"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Time in the village; leave it empty if nobody looked at the clock."),
        error_messages={"invalid": _("Write a time, for example 08:15.")},
    )
    thumbprint = forms.BooleanField(label=_("Signed with a thumbprint (cap jempol)"), required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    reason = forms.CharField(
        label=_("Why is it corrected?"), max_length=300, required=False, help_text=_REASON_HELP
    )

    def __init__(self, *args: Any, meeting: Meeting, known: Attendance | None, **kwargs: Any) -> None:
        self.meeting = meeting
        super().__init__(*args, initial=self._initial(known), **kwargs)
        if known is not None and known.means not in MEANS_OF_STAFF:
            # It may stay as the machine saw it.
            machine = Means(known.means)
            self.fields["means"].choices = [(machine.value, machine.label), *_MEANS]  # type: ignore[attr-defined]

    def _initial(self, known: Attendance | None) -> dict[str, Any]:
        if known is None:
            return {"means": Means.LIST}
        zone = zone_of(self.meeting.cohort.village)
        arrived = known.arrived_at.astimezone(zone).time() if known.arrived_at else None
        return {
            "status": known.status,
            "means": known.means,
            "arrived": arrived,
            "thumbprint": known.thumbprint,
            "note": known.note,
        }

    def clean_note(self) -> str:
        return clean_line(self.cleaned_data["note"])

    def details(self) -> dict[str, Any]:
        """What the verb writes beside the status. An arrival that was not touched keeps its seconds."""
        found: dict[str, Any] = {name: self.cleaned_data[name] for name in ("thumbprint", "note")}
        if "arrived" in self.changed_data:
            arrived: datetime.time | None = self.cleaned_data["arrived"]
            found["arrived_at"] = at_meeting(self.meeting, arrived) if arrived else None
        return found


class CodeForm(forms.Form):
    """The digits on the screen of the room, typed by a participant."""

    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "bb-pin", "inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        ),
        help_text=_("4 digits that the facilitator shows"),
        error_messages={"required": _("Type the 4 digits that the facilitator shows.")},
    )


class OpenCodeForm(forms.Form):
    """How a code is opened."""

    rotates = forms.BooleanField(
        label=_("A new code each minute"),
        required=False,
        help_text=_("Safer if somebody outside might be told the code. The screen has to stay visible."),
    )
