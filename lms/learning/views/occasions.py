"""What of a training can be taken with help, as an address names it: ``pre``, ``post``, ``practice-12``."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from assessments.enums import with_moment
from assessments.models import Assessment
from lms.cohorts.models import Cohort
from lms.cohorts.views import CohortView
from lms.learning.enums import TEST_OCCASIONS, Occasion
from lms.learning.queries.helped import FormGroup, form_groups, helped_terms

ENTER = "learning.enter_attempt"


@dataclass(frozen=True, slots=True)
class Task:
    """An assessment on an occasion of a training."""

    cohort: Cohort
    occasion: str
    assessment: Assessment

    @property
    def key(self) -> str:
        """How an address names it."""
        is_test = self.occasion in TEST_OCCASIONS
        return self.occasion if is_test else f"{self.occasion}-{self.assessment.pk}"

    @property
    def label(self) -> Any:
        """The occasion of a test; a practice or a survey by its title."""
        is_test = self.occasion in TEST_OCCASIONS
        return Occasion(self.occasion).label if is_test else with_moment(self.assessment.label, self.occasion)

    def groups(self) -> list[FormGroup]:
        """The people by the form that they take."""
        return form_groups(self.cohort, self.occasion, self.assessment)

    def group_or_404(self, letter: str) -> FormGroup:
        """The people who take the form with this letter."""
        found = next((group for group in self.groups() if group.form.letter == letter), None)
        if found is None:
            raise Http404
        return found


def tasks_of(cohort: Cohort) -> list[Task]:
    """Everything of a training that can be taken with help, tests first. One query."""
    return [Task(cohort, str(terms.occasion), terms.assessment) for terms in helped_terms(cohort)]


def task_or_404(cohort: Cohort, key: str) -> Task:
    """The task that an address names. Raises Http404 for one that this training does not have."""
    found = next((task for task in tasks_of(cohort) if task.key == key), None)
    if found is None:
        raise Http404
    return found


class HelpedView(CohortView):
    """A view for who enters answers of people of a training."""

    permissions = ("cohorts.view_cohort", ENTER)

    def task(self) -> Task:
        """The occasion that the address names."""
        return task_or_404(self.cohort, self.kwargs["task"])

    def task_asked_for(self) -> tuple[list[Task], Task]:
        """All tasks of the training, and the one that the query or the form names, else the first."""
        tasks = tasks_of(self.cohort)
        key = self.request.POST.get("occasion") or self.request.GET.get("occasion")
        return tasks, next((task for task in tasks if task.key == key), tasks[0])
