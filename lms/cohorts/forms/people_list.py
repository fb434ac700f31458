"""How the list of a training's people is narrowed and sorted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.cohorts.models import Cohort
from lms.cohorts.queries import hamlets_of
from lms.cohorts.queries.roster import Wanted
from lms.people.enums import Element, Sex

_ORDERS = (
    ("", _("Name")),
    ("unsur", _("Element (unsur)")),
    ("dusun", _("Hamlet (dusun)")),
    ("jp", _("Attended, fewest first")),
    ("-jp", _("Attended, most first")),
)


class PeopleListForm(forms.Form):
    """Sent by GET. What is not among the answers is passed over: an old address still shows a list."""

    q = forms.CharField(label=_("Name, office, hamlet or code"), max_length=100, required=False)
    unsur = forms.ChoiceField(label=_("Element (unsur)"), required=False)
    dusun = forms.ChoiceField(label=_("Hamlet (dusun)"), required=False)
    lp = forms.ChoiceField(label=_("Sex"), required=False)
    urut = forms.ChoiceField(label=_("Sort by"), choices=_ORDERS, required=False)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = ("", _("All"))
        self.fields["unsur"].choices = [everybody, *Element.choices]
        self.fields["lp"].choices = [everybody, *Sex.choices]
        self.fields["dusun"].choices = [everybody, *((name, name) for name in hamlets_of(cohort))]

    @property
    def wanted(self) -> Wanted:
        """Whom the form asks for."""
        self.is_valid()
        said = {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
        return Wanted(said["q"], said["unsur"], said["dusun"], said["lp"], said["urut"])

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """What narrows or sorts the list, as (name, value): the same list again, in a file."""
        wanted = self.wanted
        pairs = {
            "q": wanted.search,
            "unsur": wanted.element,
            "dusun": wanted.dusun,
            "lp": wanted.sex,
            "urut": wanted.order,
        }
        return [(name, value) for name, value in pairs.items() if value]
