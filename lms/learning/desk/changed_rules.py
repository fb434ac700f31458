"""Which revoked rules people have learned, as one member of staff may see it."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from assessments.models import LegalBasis
from lms.cohorts.models import Cohort
from lms.learning.queries.learners import who_learned


@dataclass(frozen=True, slots=True)
class Changed:
    """A revoked provision that somebody learned: how many whom the reader sees, and whether others did."""

    basis: LegalBasis
    people: int
    elsewhere: bool


def changed_rules(user: Any) -> list[Changed]:
    """All revoked provisions that somebody learned, those of most people whom the reader sees first."""
    bases = LegalBasis.objects.revoked(timezone.localdate()).with_rules().with_neighbours()
    known = {basis.pk: basis for basis in bases}
    learned = who_learned(list(known.values()))
    cohorts = Cohort.objects.visible_to(user).filter(pk__in={one.cohort for one in learned})
    own = set(cohorts.values_list("pk", flat=True))
    seen: dict[int, set[uuid.UUID]] = defaultdict(set)
    beyond: set[int] = set()
    for one in learned:
        for pk in one.bases:
            if one.cohort in own:
                seen[pk].add(one.participant)
            else:
                beyond.add(pk)
    rows = [Changed(known[pk], len(seen[pk]), pk in beyond) for pk in {*seen, *beyond}]
    return sorted(rows, key=lambda row: (-row.people, row.basis.sort_key))
