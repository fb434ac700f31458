"""Forms about the people of a training: a new person, cards."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lms.cohorts.imports.hamlets import Hamlets
from lms.cohorts.models import Cohort
from lms.people.domain import clean_line
from lms.people.enums import ConsentChannel, Likeness
from lms.people.models import Participant, Village
from lms.people.queries import likely_same


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

    def __init__(self, *args: Any, cohort: Cohort, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.user = user
        self.namesakes: list[tuple[Participant, Likeness]] = []
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
            cleaned["dusun"] = self._known_spelling(cleaned["village"], cleaned["dusun"])
            self._look_for_namesakes(cleaned)
        return cleaned

    def _known_spelling(self, village: Village, written: str) -> str:
        """One hamlet, one spelling: "Pie Bulak" is kept as the "Piebulak" of the others, as by the import."""
        people = Participant.objects.filter(organisation=self.cohort.organisation_id, village=village)
        known = people.exclude(dusun="").values_list("village", "dusun").order_by() if written else ()
        return Hamlets(known, ()).name(village.pk, written)

    def _look_for_namesakes(self, cleaned: dict[str, Any]) -> None:
        found = likely_same(
            organisation=self.cohort.organisation,
            village=cleaned["village"],
            full_name=cleaned["full_name"],
            dusun=cleaned["dusun"],
            sex=cleaned["sex"],
            age_band=cleaned["age_band"],
        )
        visible = Participant.objects.visible_to(self.user).filter(
            pk__in=[person.pk for person, _how in found]
        )
        seen = set(visible.values_list("pk", flat=True)) if found else set()
        if len(seen) < len(found):
            # Who does not see the other trainings cannot tell, and is not told who it is.
            self.add_error(
                None,
                _(
                    "Somebody like this is known to your organisation from another training. Ask an "
                    "organiser to enrol that person or to add a namesake."
                ),
            )
            return
        codes = sorted(person.code for person, _how in found)
        # A form that is sent twice finds the person it has just added, and asks instead of adding again.
        if codes and self.data.get("seen_namesakes", "") != ",".join(codes):
            self.namesakes = found
            self.data = {**self.data.dict(), "seen_namesakes": ",".join(codes)}
            self.add_error(None, _("Somebody like this is known already."))


class CardsForm(forms.Form):
    """For whom new cards are printed, and the address that stands on them."""

    participants = forms.ModelMultipleChoiceField(
        queryset=Participant.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one person.")},
    )
    # A card takes some hundredths of a second: PINs are meant to be slow to try.
    MOST: ClassVar = 100
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

    def clean_participants(self) -> QuerySet[Participant]:
        chosen: QuerySet[Participant] = self.cleaned_data["participants"]
        if chosen.count() > self.MOST:
            raise forms.ValidationError(
                _("Print at most %(most)d cards at a time; the others afterwards."),
                params={"most": self.MOST},
            )
        return chosen
