"""How authors narrow a list of questions."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import WorkflowState

from assessments.enums import BloomLevel, Difficulty, Stability
from assessments.models import Assessment, FormItem, Outcome
from assessments.questions.base import Question
from assessments.registry import kinds

DRAFT, LIVE, CHANGED, REVIEW, RETIRED = "draft", "live", "changed", "review", "retired"
STATUSES = [
    (LIVE, pgettext_lazy("question", "Published")),
    (DRAFT, pgettext_lazy("question", "Draft, never published")),
    (CHANGED, pgettext_lazy("question", "Published, with a change that is not")),
    (REVIEW, pgettext_lazy("question", "Waits for approval")),
    (RETIRED, pgettext_lazy("question", "Retired")),
]


def used_in_forms() -> Exists:
    """Whether any version of the question is in a form."""
    return Exists(FormItem.objects.filter(question__code=OuterRef("code")))


def waiting_ids() -> list[int]:
    """Questions whose draft waits for somebody to approve it."""
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        content_type__app_label__in={model._meta.app_label for model in kinds().values()},
        content_type__model__in={model._meta.model_name for model in kinds().values()},
    )
    return [int(pk) for pk in states.values_list("object_id", flat=True)]


def _values(field: str) -> Any:
    def choices() -> list[tuple[str, str]]:
        rows = Question.objects.non_polymorphic().exclude(**{field: ""}).order_by(field)
        return [(value, value) for value in rows.values_list(field, flat=True).distinct()]

    return choices


class QuestionFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=STATUSES, method="of_status", empty_label=_("All but retired")
    )
    bank = django_filters.ChoiceFilter(label=_("Question bank"), choices=_values("bank"))
    topic = django_filters.ChoiceFilter(label=_("Topic"), choices=_values("topic"))
    outcomes = django_filters.ModelChoiceFilter(
        label=_("Learning outcome"), queryset=Outcome.objects.all(), distinct=True
    )
    difficulty = django_filters.ChoiceFilter(label=_("Difficulty"), choices=Difficulty.choices)
    bloom = django_filters.ChoiceFilter(label=_("Thinking level"), choices=BloomLevel.choices)
    stability = django_filters.ChoiceFilter(label=_("Stability"), choices=Stability.choices)
    citations = django_filters.CharFilter(label=_("Legal basis contains"), method="citing")
    in_test = django_filters.ChoiceFilter(
        label=_("In a test"),
        choices=[("yes", pgettext_lazy("in a test", "Yes")), ("no", pgettext_lazy("in a test", "No"))],
        method="in_tests",
    )
    assessment = django_filters.ModelChoiceFilter(
        label=_("Test"), queryset=Assessment.objects.all(), method="of_assessment"
    )

    class Meta:
        model = Question
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Question]) -> QuerySet[Question]:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("status") == RETIRED else found.filter(retired_at=None)

    def of_status(self, queryset: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        conditions: dict[str, dict[str, Any]] = {
            DRAFT: {"live": False},
            LIVE: {"live": True},
            CHANGED: {"live": True, "has_unpublished_changes": True},
            RETIRED: {"retired_at__isnull": False},
        }
        wanted = conditions[value] if value in conditions else {"pk__in": waiting_ids()}
        return queryset.filter(**wanted)

    def citing(self, queryset: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        law = Question.legal_bases.through.objects.filter(legalbasis__citation__icontains=value)
        said = queryset.alias(cited=Cast("citations", TextField()))
        return said.filter(Q(cited__icontains=value) | Q(pk__in=law.values("question_id")))

    def in_tests(self, queryset: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        return queryset.filter(used_in_forms() if value == "yes" else ~used_in_forms())

    def of_assessment(self, queryset: QuerySet[Question], name: str, value: Assessment) -> QuerySet[Question]:
        items = FormItem.objects.filter(form__assessment=value, question__code=OuterRef("code"))
        return queryset.filter(Exists(items))


class AllQuestionsFilterSet(QuestionFilterSet):
    kind = django_filters.ChoiceFilter(
        label=_("Kind"),
        choices=lambda: [(kind, model.kind_label) for kind, model in kinds().items()],
        method="of_kind",
    )

    def of_kind(self, queryset: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        return queryset.instance_of(kinds()[value])  # type: ignore[attr-defined]
