"""Work of certificates that waits in the outbox."""

import uuid
from datetime import timedelta

from lms.certificates import domain
from lms.certificates.enums import RENDER
from lms.outbox.registry import Payload, handler


# The child process is killed after 10 s: after a power cut nobody should wait longer than a minute.
@handler(RENDER, lease=timedelta(minutes=1))
def render(payload: Payload) -> None:
    """Make the PDF of one certificate."""
    domain.render_certificate(certificate_id=uuid.UUID(payload["certificate"]))
