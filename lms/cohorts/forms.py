"""Forms of staff about a training: the training itself, its people, their cards, attendance."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Locale

from courses.models import CoursePage
from lms.cohorts.domain import closed_fields, redraw_orders
from lms.cohorts.enums import AttendanceStatus
from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.signals import cohort_changed
from lms.people.domain import clean_line
from lms.people.enums import ConsentChannel
from lms.people.models import Organisation, Participant, Village
from lms.people.queries import has_records, namesakes


def offered_courses() -> QuerySet[CoursePage]:
    """Published courses; of one in several languages only the page in the site's main language."""
    main = Locale.get_default()
    has_main = CoursePage.objects.filter(locale=main).values("translation_key")
    return (
        CoursePage.objects.live().filter(Q(locale=main) | ~Q(translation_key__in=has_main)).order_by("title")
    )


class CohortForm(WagtailAdminModelForm):
    """A training with its meetings and findings, within the organisations of the member of staff."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organisation.objects.filter(
            **({} if self.for_user.is_superuser else {"memberships__user": self.for_user})
        )
        self.fields["organisation"].queryset = own
        if own.count() == 1:
            # Nothing to choose: the training belongs where the member of staff works.
            self.instance.organisation = own.get()
            del self.fields["organisation"]
        self.fields["code"].error_messages["invalid"] = _("Only letters, digits and hyphens, without spaces.")
        self.fields["course"].queryset = offered_courses() | CoursePage.objects.filter(
            pk=self.instance.course_id
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day cannot be before the first day."))
        if not self.instance._state.adding:
            for field, reason in closed_fields(self.instance, set(self.changed_data)).items():
                self.add_error(field if field in self.fields else None, reason)
        self._keep_children_with_records()
        return cleaned

    def _keep_children_with_records(self) -> None:
        for formset in self.formsets.values():
            for form in formset.deleted_forms if formset.is_valid() else []:
                if form.instance.pk and has_records(form.instance):
                    self.add_error(
                        None,
                        _("“%(child)s” stays: attendance or actions belong to it.")
                        % {"child": form.instance},
                    )

    def save(self, commit: bool = True) -> Cohort:
        is_new = self.instance._state.adding
        with transaction.atomic():
            cohort = super().save(commit)
            if commit and not is_new:
                if "forms_plan" in self.changed_data:
                    redraw_orders(cohort=cohort)
                cohort_changed.send(sender=Cohort, cohort=cohort)
        return cohort


class PersonForm(forms.Form):
    """A person to add to a training: short enough to fill in while the person stands there."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("As the person says it; one name is enough."),
    )
    name_on_certificate = forms.CharField(
        label=_("Name on the certificate"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Only if it differs, for example with titles."),
    )
    sex = forms.ChoiceField(label=_("Sex"), widget=forms.RadioSelect)
    age_band = forms.ChoiceField(label=_("Age"), required=False)
    element = forms.ChoiceField(label=_("Element (unsur)"))
    role = forms.CharField(label=_("Role"), max_length=120, required=False)
    dusun = forms.CharField(label=_("Hamlet (dusun)"), max_length=80, required=False)
    village = forms.ModelChoiceField(label=_("Village"), queryset=Village.objects.none())
    consent_given = forms.BooleanField(
        label=_("This person agrees that name, role and results are kept for this training."),
        error_messages={"required": _("Ask for consent first. Without it nothing about the person is kept.")},
    )
    consent_channel = forms.ChoiceField(label=_("Consent was given"), widget=forms.RadioSelect)
    # The namesakes that the organiser has seen and wants to add another person to.
    seen_namesakes = forms.CharField(required=False, widget=forms.HiddenInput)

    _lines: ClassVar = ("full_name", "name_on_certificate", "role", "dusun")

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.namesakes: list[Participant] = []
        for name in ("sex", "element"):
            self.fields[name].choices = Participant._meta.get_field(name).choices
        self.fields["element"].choices = [("", "---------"), *self.fields["element"].choices]
        self.fields["age_band"].choices = [
            ("", _("Not said")),
            *Participant._meta.get_field("age_band").choices,
        ]
        # On screen the participants consent for themselves, not through a member of staff.
        self.fields["consent_channel"].choices = [
            choice for choice in ConsentChannel.choices if choice[0] != ConsentChannel.SCREEN
        ]
        self.fields["village"].queryset = Village.objects.all()
        self.fields["village"].initial = cohort.village_id

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in self._lines:
            if name in cleaned:
                cleaned[name] = clean_line(cleaned[name])
        if "full_name" in cleaned and not cleaned["full_name"]:
            self.add_error("full_name", _("Write the name."))
        if not self.errors:
            self._look_for_namesakes(cleaned)
        return cleaned

    def _look_for_namesakes(self, cleaned: dict[str, Any]) -> None:
        found = namesakes(
            organisation=self.cohort.organisation,
            village=cleaned["village"],
            full_name=cleaned["full_name"],
            dusun=cleaned["dusun"],
        )
        codes = sorted(person.code for person in found)
        # A form that is sent twice finds the person it has just added, and asks instead of adding again.
        if codes and self.data.get("seen_namesakes", "") != ",".join(codes):
            self.namesakes = list(found)
            self.data = {**self.data.dict(), "seen_namesakes": ",".join(codes)}
            self.add_error(None, _("There is already somebody with the same name in the same hamlet."))


class CardsForm(forms.Form):
    """For whom new cards are printed, and the address that stands on them."""

    participants = forms.ModelMultipleChoiceField(
        queryset=Participant.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one person.")},
    )
    address = forms.CharField(
        label=_("Address on the card"),
        max_length=120,
        help_text=_("What participants type into the browser on their computer or phone."),
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participants"].queryset = Participant.objects.filter(
            enrolments__cohort=cohort, is_active=True
        ).distinct()


class AttendanceForm(forms.Form):
    """The tick-list of one meeting. Only answers changed on this screen are taken from it."""

    def __init__(
        self, *args: Any, enrolments: Iterable[Enrolment], recorded: dict[Any, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._by_field: dict[str, Enrolment] = {}
        for enrolment in enrolments:
            name = f"e-{enrolment.pk}"
            self._by_field[name] = enrolment
            self.fields[name] = forms.ChoiceField(
                label=enrolment.participant.full_name,
                choices=AttendanceStatus.choices,
                required=False,
                initial=recorded.get(enrolment.pk, ""),
                widget=forms.RadioSelect,
                # Two people may tick the same list: what this screen did not touch is not sent back.
                show_hidden_initial=True,
            )

    def rows(self) -> list[tuple[Enrolment, forms.BoundField, str]]:
        """Each person with the field to tick and the hidden answer that the screen began with."""
        return [
            (enrolment, self[name], self[name].as_hidden(only_initial=True))
            for name, enrolment in self._by_field.items()
        ]

    def statuses(self, *, rest: str = "") -> dict[Enrolment, str]:
        """What was ticked; ``rest`` is given to everybody who has no answer at all."""
        chosen = {name: self.cleaned_data[name] for name in self.changed_data if self.cleaned_data[name]}
        if rest:
            unanswered = [name for name in self._by_field if not self.cleaned_data[name]]
            chosen |= dict.fromkeys(unanswered, rest)
        return {self._by_field[name]: status for name, status in chosen.items()}
