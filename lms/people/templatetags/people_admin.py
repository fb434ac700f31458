"""What the pages about people who are perhaps one person need."""

from django import template

from lms.people.models import Participant
from lms.people.registry import Fact

register = template.Library()


@register.filter
def value_of(fact: Fact, person: Participant) -> str:
    """What a fact says of a person; empty if nothing."""
    return fact.values.get(person.pk, "")
