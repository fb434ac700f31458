"""Attempts of a training: everybody by occasion, and one attempt with its history."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.models import Cohort, Enrolment
from lms.cohorts.stages import Deed, allows
from lms.cohorts.views import CohortView
from lms.cohorts.views.paging import page_of
from lms.learning.desk.attempt import answered_items, history_of
from lms.learning.desk.rooms import rooms_of
from lms.learning.desk.states import state_of
from lms.learning.enums import MOMENTS
from lms.learning.models import Attempt
from lms.learning.registry import what_rests_on
from lms.learning.views.staff_verbs import room_verbs_for, verbs_for

VIEW = "learning.view_attempt"
MANAGE = "learning.manage_attempt"
# Whoever may read questions may see keys, and which answers earned points.
SEES_KEYS = "assessments.view_question"


class AttemptsView(CohortView):
    """Everybody on every occasion: who has not begun, who is answering, who has handed in."""

    permissions = (VIEW,)
    template_name = "learning_admin/attempts.html"
    page_title = gettext_lazy("Participants' tests")
    header_icon = "form"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        may_manage = request.user.has_perm(MANAGE)
        search = request.GET.get("q", "").strip()
        page = page_of(request, _people(self.cohort, search))
        shown = {enrolment.pk for enrolment in page}
        rooms = [
            {
                "room": room,
                "verbs": room_verbs_for(room) if may_manage else [],
                "rows": [row for row in room.rows if row.enrolment.pk in shown],
            }
            for room in rooms_of(self.cohort)
        ]
        return self.show(rooms=rooms, page=page, search=search, may_manage=may_manage)


def _people(cohort: Cohort, search: str) -> QuerySet[Enrolment]:
    """The people of a training by name, those with all words of the search in their names."""
    people = Enrolment.objects.filter(cohort=cohort)
    for word in search.split():
        people = people.filter(participant__full_name__icontains=word)
    return people.order_by("participant__full_name", "pk")


class OneAttemptView(CohortView):
    """Base of the pages of one attempt of a training."""

    header_icon = "form"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return above_attempts(super().get_breadcrumbs_items(), self.cohort)

    def attempt(self) -> Attempt:
        """The attempt in the address; 404 unless it belongs to this training."""
        return get_object_or_404(attempts_in(self.cohort), pk=self.kwargs["attempt_id"])


class AttemptView(OneAttemptView):
    """One attempt: where it stands, what was answered when, what was done to it and why."""

    permissions = (VIEW,)
    template_name = "learning_admin/attempt.html"
    page_title = gettext_lazy("Attempt")

    def get(self, request: HttpRequest, pk: uuid.UUID, attempt_id: uuid.UUID) -> HttpResponse:
        attempt = self.attempt()
        sees_keys = request.user.has_perm(SEES_KEYS)
        # The participants were promised that nobody reads what one of them answered.
        sealed = attempt.occasion in MOMENTS
        return self.show(
            attempt=attempt,
            state=state_of(attempt, timezone.now()),
            sealed=sealed,
            items=[] if sealed else answered_items(attempt, with_key=sees_keys),
            records=history_of(attempt),
            actions=verbs_for(attempt) if request.user.has_perm(MANAGE) else [],
            rests=what_rests_on([attempt.enrolment_id])[attempt.enrolment_id],
            sees_keys=sees_keys,
            may_move=self._may_move(attempt),
            seconds_left=attempt.seconds_left() if attempt.submitted_at is None else None,
        )

    def _may_move(self, attempt: Attempt) -> bool:
        return (
            self.request.user.has_perm(MANAGE)
            and attempt.voided_at is None
            and allows(self.cohort.state, Deed.MARK)
        )


def above_attempts(items: list[dict[str, Any]], cohort: Cohort) -> list[dict[str, Any]]:
    """Breadcrumbs of a page below the list of attempts."""
    address = reverse("learning_attempts:cohort", args=[cohort.pk])
    return [*items[:-1], {"url": address, "label": _("Participants' tests")}, items[-1]]


def attempts_in(cohort: Cohort) -> QuerySet[Attempt]:
    """The attempts of a training with what their pages show."""
    related = ("enrolment__participant", "enrolment__cohort", "form", "assessment", "entered_by")
    return Attempt.objects.filter(enrolment__cohort=cohort).select_related(*related)
