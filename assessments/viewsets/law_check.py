"""The page on which somebody vouches for a provision: *Diperiksa hari ini*."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminDateInput

from assessments.enums import Known
from assessments.models import LegalBasis
from assessments.models.regulations import KNOWN_HELP
from assessments.register import record_check

# Half a year: laws on villages change with the year of planning.
_LOOK_AGAIN = datetime.timedelta(days=183)


class CheckForm(forms.Form):
    known = forms.ChoiceField(
        label=_("How you looked at it"),
        choices=[(each.value, each.label) for each in (Known.VERIFIED, Known.SECONDARY)],
        initial=Known.VERIFIED,
        help_text=KNOWN_HELP,
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label=_("Where you read it"),
        required=False,
        max_length=300,
        help_text=_("For example the address on JDIH. Empty: as before."),
    )
    recheck_on = forms.DateField(label=_("Look again on"), widget=AdminDateInput())


class CheckView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """What the register says of a provision, and the button by which somebody vouches for it."""

    template_name = "assessments/basis_check.html"
    page_title = _("Checked today")
    header_icon = "check"
    form_class = CheckForm
    permission_required = "change"
    # Set by the viewset.
    model: Any = None

    @cached_property
    def object(self) -> LegalBasis:
        return get_object_or_404(LegalBasis.objects.with_rules(), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.object.citation

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        # Wagtail shows the last of them as the title.
        return [
            *self.breadcrumbs_items,
            {"url": reverse("legal_bases:list"), "label": LegalBasis._meta.verbose_name_plural},
            {"url": self._editor, "label": self.object.citation},
            {"url": "", "label": self.get_page_title()},
        ]

    @property
    def _editor(self) -> str:
        return reverse("legal_bases:edit", args=[self.object.pk])

    def get_initial(self) -> dict[str, Any]:
        return {"known": Known.VERIFIED, "recheck_on": timezone.localdate() + _LOOK_AGAIN}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(basis=self.object, back=self._editor, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            record_check(
                basis=self.object, user=self.request.user, on=timezone.localdate(), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error("recheck_on", error)
            return self.form_invalid(form)
        messages.success(
            self.request, _("Noted: you have read %(citation)s today.") % {"citation": self.object}
        )
        return HttpResponseRedirect(reverse("legal_bases:list"))
