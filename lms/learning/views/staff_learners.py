"""When a rule changes: who learned the old one, and giving them a lesson about the new one."""

import uuid
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.models import LegalBasis, Regulation
from courses.models import LessonPage
from courses.queries import HEAVY_FIELDS
from lms.learning.desk.changed_rules import changed_rules
from lms.learning.desk.learners import (
    ASSIGN_UNSEEN,
    STATES,
    Asked,
    Learners,
    Person,
    asked_of_basis,
    asked_of_regulation,
    chosen_people,
    learners_of,
)
from lms.learning.domain import assign_lesson, take_back_assignment
from lms.learning.exports.learners import export_learners
from lms.learning.models import LessonAssignment
from lms.learning.queries.assigned import update_lessons
from lms.learning.views.staff_base import DeskView

VIEW = "learning.view_lessonassignment"
ASSIGN = "learning.add_lessonassignment"
TAKE_BACK = "learning.delete_lessonassignment"
BASIS, REGULATION = "ketentuan", "peraturan"
PER_PAGE = 100


class ChangedRulesView(DeskView):
    """The revoked provisions that somebody learned."""

    permissions = (VIEW,)
    template_name = "learning_admin/changed_rules.html"
    page_title = gettext_lazy("Who learned old rules")
    header_icon = "group"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(rules=changed_rules(request.user))


class RuleView(DeskView):
    """A page of one provision, or of one regulation with all of its provisions."""

    permissions = (VIEW,)
    header_icon = "group"

    @cached_property
    def asked(self) -> Asked:
        kind, pk = self.kwargs["kind"], self.kwargs["rule_id"]
        if kind == BASIS:
            bases = LegalBasis.objects.with_rules().with_neighbours()
            return asked_of_basis(get_object_or_404(bases, pk=pk))
        if kind == REGULATION:
            regulations = Regulation.objects.select_related("revoked_by")
            return asked_of_regulation(get_object_or_404(regulations, pk=pk))
        raise Http404

    @cached_property
    def learners(self) -> Learners:
        return learners_of(self.asked, user=self.request.user)

    def listed(self) -> list[Person]:
        """Those of the filters that stand in the address."""
        asked = self.request.GET
        return self.learners.narrowed(
            training=asked.get("pelatihan", ""), state=asked.get("keadaan", ""), words=asked.get("nama", "")
        )

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse("learning_rules:index"), "label": _("Who learned old rules")}]

    def get_page_subtitle(self) -> str:
        return self.asked.title


class LearnersView(RuleView):
    template_name = "learning_admin/learners.html"
    page_title = gettext_lazy("Who learned this rule")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        listed = self.listed()
        updating = update_lessons([basis.pk for basis in self.asked.bases])
        keys = {page.translation_key for page in updating}
        others = LessonPage.objects.live().filter(alias_of=None, locale__language_code="id")
        others = others.exclude(translation_key__in=keys).defer(*HEAVY_FIELDS).order_by("code", "pk")
        return self.show(
            learners=self.learners,
            listed=listed,
            page=Paginator(listed, PER_PAGE).get_page(request.GET.get("p")),
            updating=updating,
            other_lessons=others,
            states=STATES,
            filters={name: request.GET.get(name, "") for name in ("pelatihan", "keadaan", "nama")},
            query=request.GET.urlencode(),
            file_url=reverse("learning_rules:file", kwargs=self.kwargs),
            may_assign=request.user.has_perm(ASSIGN),  # type: ignore[union-attr]
            may_take_back=request.user.has_perm(TAKE_BACK),  # type: ignore[union-attr]
            may_assign_unseen=any(each.cohort for each in self.learners.elsewhere),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            if "take_back" in request.POST:
                self._take_back(request.POST["take_back"])
            else:
                self._assign()
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        return redirect(request.get_full_path())

    def _take_back(self, key: str) -> None:
        if not self.request.user.has_perm(TAKE_BACK):  # type: ignore[union-attr]
            raise PermissionDenied
        try:
            own = LessonAssignment.objects.visible_to(self.request.user).filter(pk=uuid.UUID(key))
        except ValueError:
            raise Http404 from None
        found = own.select_related("enrolment__cohort", "lesson", "basis").first()
        if found is None:
            messages.info(self.request, _("This lesson has been taken back already."))
            return
        take_back_assignment(assignment=found, user=self.request.user)
        messages.success(self.request, _("The lesson is taken back."))

    def _assign(self) -> None:
        if not self.request.user.has_perm(ASSIGN):  # type: ignore[union-attr]
            raise PermissionDenied
        post = self.request.POST
        lesson = self._lesson(post.get("lesson", ""))
        if "unseen" in post:
            self._assign_unseen(lesson, post.getlist("trainings"))
            return
        listed = self.listed()
        everybody = [person.enrolment for person in listed]
        wanted = everybody if "all" in post else chosen_people(listed, set(post.getlist("people")))
        if not wanted:
            raise ValidationError(_("Tick at least one participant."))
        given = assign_lesson(
            enrolments=wanted, lesson=lesson, basis=self._basis(lesson), assigned_by=self.request.user
        )
        self._tell(lesson, given.given, [person.name for person in listed if person.participant in given.had])

    def _assign_unseen(self, lesson: LessonPage, ticked: list[str]) -> None:
        """Counts stay untold here too: how many had it already would tell."""
        may = self.request.user.has_perm(ASSIGN_UNSEEN)  # type: ignore[union-attr]
        open_ones = [each.cohort for each in self.learners.elsewhere if may and each.cohort]
        wanted = [cohort for cohort in open_ones if str(cohort) in ticked]
        if not wanted:
            raise ValidationError(_("Tick at least one training."))
        people = [enrolment for cohort in wanted for enrolment in self.learners.unseen[cohort]]
        assign_lesson(
            enrolments=people, lesson=lesson, basis=self._basis(lesson), assigned_by=self.request.user
        )
        text = _("%(lesson)s waits for everybody in the ticked trainings who learned the rule there.")
        messages.success(self.request, text % {"lesson": lesson.code})

    def _lesson(self, key: str) -> LessonPage:
        lesson = LessonPage.objects.defer(*HEAVY_FIELDS).filter(pk=key).first() if key.isdecimal() else None
        if lesson is None:
            raise ValidationError(_("Choose the lesson that is to be given."))
        return lesson

    def _basis(self, lesson: LessonPage) -> LegalBasis:
        """The provision that the person reads of: on the page of a regulation, the first that the lesson
        brings up to date."""
        bases = self.asked.bases
        if not bases:
            raise ValidationError(_("The register has no provision of this regulation yet."))
        updated = set(lesson.updates.values_list("pk", flat=True))
        return next((basis for basis in bases if basis.pk in updated), bases[0])

    def _tell(self, lesson: LessonPage, given: int, had: list[str]) -> None:
        text = ngettext(
            "%(lesson)s waits for %(number)d person now.",
            "%(lesson)s waits for %(number)d people now.",
            given,
        )
        messages.success(self.request, text % {"lesson": lesson.code, "number": given})
        if had:
            names = ", ".join(had[:5]) + (" …" if len(had) > 5 else "")
            text = ngettext(
                "%(number)d person has it already: %(names)s.",
                "%(number)d people have it already: %(names)s.",
                len(had),
            )
            messages.info(self.request, text % {"number": len(had), "names": names})


class LearnersFileView(RuleView):
    """The people of the filters as a workbook."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        content, content_type = export_learners(asked=self.asked, people=self.listed(), user=request.user)
        response = HttpResponse(content, content_type=content_type)
        name = f"aturan-berubah-{slugify(self.asked.title)}.xlsx"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store, private"
        return response


def learners_link(record: Any, user: Any) -> str | None:
    """The page of a provision or regulation, for who may look at it."""
    kind = {LegalBasis: BASIS, Regulation: REGULATION}.get(type(record))
    if kind is None or not user.has_perm(VIEW):
        return None
    return reverse("learning_rules:rule", args=[kind, record.pk])
