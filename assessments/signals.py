"""What assessments tell the apps above."""

from django.dispatch import Signal

# ``bases``: primary keys of records of the register whose standing, or date of looking again, has changed.
register_changed = Signal()
