"""News that travels up from a cohort."""

from django.dispatch import Signal

# Sent after attendance of an enrolment was recorded. Arguments: enrolment.
attendance_recorded = Signal()

# Sent, inside the transaction, after a cohort's rules or meetings may have changed. Arguments: cohort.
cohort_changed = Signal()
