"""News that travels up from the outbox."""

from django.dispatch import Signal

# Sent after the commit that wrote an entry: now is a good moment to work on it. Arguments: entry_id.
entry_enqueued = Signal()
