"""News that travels up from learning."""

from django.dispatch import Signal

# Sent, inside the transaction, when an enrolment first meets its cohort's rule. Arguments: enrolment.
course_completed = Signal()
