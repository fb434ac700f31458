"""Who is assigned to which training, and what follows for what that person may see."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from lms.cohorts.models import Enrolment, Facilitator
from lms.people.models import Organisation


def assigned_trainings(user: Any) -> QuerySet[Any]:
    """The keys of the trainings to which this member of staff is assigned, for a subquery."""
    return Facilitator.objects.filter(user=user).order_by().values("cohort")


def people_of_assigned(user: Any) -> Q:
    """Participants who are enrolled in one of those trainings."""
    enrolments = Enrolment.objects.filter(cohort__in=assigned_trainings(user)).order_by()
    return Q(pk__in=enrolments.values("participant"))


def staff_of(organisations: QuerySet[Organisation]) -> QuerySet[Any]:
    """The active accounts of everybody who works for one of these organisations, by name."""
    accounts = get_user_model()._default_manager.filter(is_active=True)
    members = accounts.filter(memberships__organisation__in=organisations).distinct()
    return members.order_by("first_name", "last_name", "username")
