"""News of people that travels up."""

from django.dispatch import Signal

# Sent after somebody signed in and said that the name is the own one. Arguments: participant, device (the
# opaque name of the browser, empty if it has none). What a receiver raises is logged and keeps nobody out.
participant_arrived = Signal()
