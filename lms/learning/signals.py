"""News that travels up from learning."""

from django.dispatch import Signal

# Sent, inside the transaction, when an enrolment first meets its cohort's rule. Arguments: enrolment.
course_completed = Signal()

# Sent, inside the transaction and last in it, after what people earned or what of it counts has changed.
# Arguments: enrolments (their ids), occasions (of the attempts). A receiver may lock: nothing is after it.
results_changed = Signal()
