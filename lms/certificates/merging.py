"""What certificates do when two records of one person become one: nothing that was printed changes."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.certificates.enums import CertificateStatus
from lms.certificates.models import Certificate
from lms.cohorts.merging import shared_trainings
from lms.people.registry import Fact, Foreseen, MergeStep, Merging, register_merge_step


class Certificates(MergeStep):
    """Two valid certificates of one training are for staff to decide about: revoking is never silent."""

    code = "certificates"
    order = 100
    covers = ("certificates.Certificate.enrolment",)
    # Two valid ones hinder.
    once = ("certificates.Certificate.certificate_one_valid",)

    def facts(self, people: Collection[uuid.UUID]) -> list[Fact]:
        texts: dict[uuid.UUID, list[str]] = defaultdict(list)
        rows = Certificate.objects.filter(enrolment__participant__in=people).select_related("enrolment")
        for certificate in rows.order_by("issued_on", "sequence"):
            number = certificate.number
            if certificate.status == CertificateStatus.REVOKED:
                number = _("%(number)s (revoked)") % {"number": number}
            texts[certificate.enrolment.participant_id].append(number)
        return [Fact(gettext_lazy("Certificates"), {pk: ", ".join(found) for pk, found in texts.items()})]

    def foresee(self, kept: Any, merged: Any) -> Iterable[Foreseen]:
        for stays, empties in shared_trainings(kept, merged):
            rows = Certificate.objects.filter(enrolment__in=[stays, empties], status=CertificateStatus.VALID)
            valid = list(rows.order_by("issued_on", "sequence"))
            words = {"training": stays.cohort.code}
            if len(valid) == 2:
                text = _(
                    "%(training)s: both hold a valid certificate. Look which name is right and revoke the "
                    "other first; if both are right, revoke the later one, %(number)s. The earlier one is "
                    "%(first)s in the name of %(first_name)s, the later one is in the name of %(name)s."
                )
                first, later = valid
                words |= {"number": later.number, "first": first.number}
                words |= {
                    "first_name": first.snapshot.get("name", ""),
                    "name": later.snapshot.get("name", ""),
                }
                url = reverse("certificates_cohort", args=[stays.cohort_id])
                yield Foreseen(text % words, hinders=True, url=url)
            elif valid:
                text = _(
                    "%(training)s: certificate %(number)s stays as it was printed, in the name of %(name)s."
                )
                words |= {"number": valid[0].number, "name": valid[0].snapshot.get("name", "")}
                yield Foreseen(text % words)

    def move(self, merging: Merging) -> None:
        moved = []
        for stays, empties in shared_trainings(merging.kept, merging.merged):
            rows = Certificate.objects.filter(enrolment=empties)
            moved += [str(pk) for pk in rows.values_list("pk", flat=True)]
            rows.update(enrolment=stays)
        merging.note("certificates", moved)

    def describe(self, moved: Mapping[str, Any]) -> Iterable[str]:
        rows = Certificate.objects.filter(pk__in=moved.get("certificates", ()))
        for number in rows.order_by("issued_on", "sequence").values_list("number", flat=True):
            yield _("Certificate %(number)s, as it was printed.") % {"number": number}


def register() -> None:
    """Called once when the apps are ready."""
    register_merge_step(Certificates())
