"""Pages of staff about people who are perhaps one person."""

import json
import uuid
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lms.people.access import may_see_access_needs
from lms.people.domain import (
    Comparison,
    compare_people,
    merge_people,
    say_not_same,
    take_back_not_same,
)
from lms.people.merge_forms import MergeForm, likely_kept
from lms.people.models import MergeRecord, Organisation, Participant
from lms.people.queries import (
    alike_among,
    facts_of,
    found_people,
    likely_pairs,
    pairs_said_different,
)
from lms.people.registry import merge_steps
from lms.people.scoping import SEE_ALL

MERGE = "people.merge_participant"
# Merging changes every training that either person is in, so whoever merges must see them all.
MERGES = (MERGE, SEE_ALL)
_MOST = 50


class PeopleView(WagtailAdminTemplateMixin, View):
    """A page for who may merge. What another organisation has does not exist (404)."""

    permissions: ClassVar[tuple[str, ...]] = (*MERGES, "people.view_participant")
    header_icon = "user"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perms(self.permissions):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        people = capfirst(Participant._meta.verbose_name_plural)
        above = {"url": reverse("participant:index"), "label": people}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def show(self, **context: Any) -> HttpResponse:
        """The page with these variables."""
        return self.render_to_response(self.get_context_data(**context))

    def person(self, key: uuid.UUID) -> Participant:
        """Somebody of the own organisations, or 404."""
        visible = Participant.objects.visible_to(self.request.user).select_related("village", "organisation")
        return get_object_or_404(visible, pk=key)


class TwinsView(PeopleView):
    """Pairs of one organisation that are likely one person, each with the reason."""

    template_name = "people_admin/twins.html"
    page_title = gettext_lazy("Possibly the same person")
    header_icon = "group"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        organisation = self._organisation()
        pairs, total = likely_pairs(organisation=organisation, most=_MOST) if organisation else ([], 0)
        said = pairs_said_different(organisation=organisation, most=_MOST) if organisation else []
        keys = {person.pk for pair in pairs for person in pair.people}
        return self.show(
            organisation=organisation,
            organisations=self._organisations,
            pairs=[(pair, self._address(pair.people)) for pair in pairs],
            facts=facts_of(keys),
            total=total,
            said=said,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Remember, or forget, that two are different people."""
        try:
            keys = [uuid.UUID(request.POST.get(name, "")) for name in ("one", "other")]
        except ValueError:
            return redirect("participant:twins")
        one, other = (self.person(key) for key in keys)
        verb = take_back_not_same if "again" in request.POST else say_not_same
        try:
            verb(people=(one, other), user=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            text = (
                _("%(one)s (%(one_code)s) and %(other)s (%(other_code)s) are asked about again.")
                if "again" in request.POST
                else _("%(one)s (%(one_code)s) and %(other)s (%(other_code)s) stay two people.")
            )
            words = {"one": one, "one_code": one.code, "other": other, "other_code": other.code}
            messages.success(request, text % words)
        return redirect(f"{reverse('participant:twins')}?organisasi={one.organisation_id}")

    @cached_property
    def _organisations(self) -> list[Organisation]:
        user = self.request.user
        if user.is_superuser:
            return list(Organisation.objects.all())
        return list(Organisation.objects.filter(memberships__user=user))

    def _organisation(self) -> Organisation | None:
        wanted = self.request.GET.get("organisasi", "")
        chosen = [one for one in self._organisations if str(one.pk) == wanted]
        return next(iter([*chosen, *self._organisations]), None)

    def _address(self, people: tuple[Participant, Participant]) -> str:
        kept, merged = likely_kept(*people)
        return reverse("participant:merge", args=[kept.pk, merged.pk])


class ChooseTwinView(PeopleView):
    """With whom shall this person be merged? Those who are alike first, others by name or code."""

    template_name = "people_admin/choose_twin.html"
    page_title = gettext_lazy("Merge with another record")

    def get(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        person = self.person(pk)
        search = request.GET.get("q", "").strip()
        found = (
            found_people(person=person, search=search, most=_MOST) if search else alike_among(person=person)
        )
        return self.show(person=person, search=search, found=found)


class MergeView(PeopleView):
    """The dry run: both records side by side, what moves and what meets something; then it is done."""

    template_name = "people_admin/merge.html"
    page_title = gettext_lazy("Merge two records")

    def get(self, request: HttpRequest, pk: uuid.UUID, other: uuid.UUID) -> HttpResponse:
        return self._compared(pk, other, None)

    def post(self, request: HttpRequest, pk: uuid.UUID, other: uuid.UUID) -> HttpResponse:
        return self._compared(pk, other, request.POST)

    def _compared(self, pk: uuid.UUID, other: uuid.UUID, data: Any) -> HttpResponse:
        people = [self._met(key) for key in (pk, other)]
        try:
            comparison = compare_people(kept=people[0], merged=people[1])
        except ValidationError as refusal:
            messages.error(self.request, " ".join(refusal.messages))
            stays = people[0].merged_into or people[0]
            return redirect("participant:edit", stays.pk)
        form = MergeForm(data, comparison=comparison, hidden=self._hidden())
        if data is None or not form.is_valid():
            return self._ask(comparison, form)
        return self._merge(comparison, form)

    def _merge(self, comparison: Comparison, form: MergeForm) -> HttpResponse:
        try:
            record = merge_people(
                kept=comparison.kept,
                merged=comparison.merged,
                take=form.take(),
                take_card=form.cleaned_data["card"] == "merged",
                reason=form.cleaned_data["reason"],
                actor=self.request.user,
                state=form.cleaned_data["state"],
            )
        except ValidationError as refusal:
            if refusal.code == "merged":
                messages.error(self.request, " ".join(refusal.messages))
                return redirect("participant:index")
            form.add_error(None, refusal)
            form.show_again()
            return self._ask(comparison, form)
        messages.success(self.request, _("The two records are one now."))
        return redirect("participant:merge_record", record.pk)

    def _met(self, key: uuid.UUID) -> Participant:
        """Also one that is empty already: then the page says so."""
        own = Participant.objects.visible_to(self.request.user)
        own |= Participant.objects.merged_visible_to(self.request.user)
        return get_object_or_404(own.select_related("village", "organisation", "merged_into"), pk=key)

    def _hidden(self) -> tuple[str, ...]:
        return () if may_see_access_needs(self.request.user) else ("access_needs",)

    def _ask(self, comparison: Comparison, form: MergeForm) -> HttpResponse:
        return self.show(
            form=form,
            lines=list(form.lines()),
            kept=comparison.kept,
            merged=comparison.merged,
            hindrances=comparison.hindrances,
            collisions=[one for one in comparison.foreseen if one.collides],
            moves=[one for one in comparison.foreseen if not one.collides and not one.hinders],
            swap=reverse("participant:merge", args=[comparison.merged.pk, comparison.kept.pk]),
        )


class MergeRecordView(PeopleView):
    """The history of one merge: who, when, why, and what moved."""

    permissions = ("people.view_participant",)
    template_name = "people_admin/merge_record.html"
    page_title = gettext_lazy("Merged records")
    header_icon = "history"

    def get(self, request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
        rows = MergeRecord.objects.visible_to(request.user).select_related("kept", "merged", "actor")
        record = get_object_or_404(rows, pk=record_id)
        labels = [Participant._meta.get_field(name).verbose_name for name in record.fields_taken]
        return self.show(
            record=record,
            taken=", ".join(str(label) for label in labels),
            sentences=[text for step in merge_steps() for text in step.describe(record.moved)],
            moved_json=json.dumps(record.moved, indent=1),
            now_at=record.kept.merged_into or record.kept,
        )
