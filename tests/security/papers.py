"""Papers of deliberations of the first organisation, for the routes that show them."""

from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from lms.cohorts.models import Cohort
from lms.deliberations.domain.census import KEPT_FOR, today_of
from lms.deliberations.models import Census, DataReview, Minutes, NameList, RegulationReview, Scan
from tests.lms.deliberations.factories import (
    CensusFactory,
    DataReviewFactory,
    MinutesFactory,
    RegulationReviewFactory,
)


@dataclass(frozen=True)
class Papers:
    """One of each kind, with the files that belong to it."""

    minutes: Minutes
    scan: Scan
    census: Census
    names: NameList
    data_review: DataReview
    regulation_review: RegulationReview

    def by_place(self) -> dict[str, Any]:
        """The key of the record that an address is about, by the beginning of the address."""
        return {
            "berita-acara/": self.minutes.pk,
            "warga-belum-berkelompok/": self.census.pk,
            "kaji-data/": self.data_review.pk,
            "telaah-regulasi/": self.regulation_review.pk,
        }


def make_papers(cohort: Cohort, user: Any) -> Papers:
    """Final minutes with their signed paper, and a count whose names are still kept."""
    own = {"organisation": cohort.organisation, "village": cohort.village, "cohort": cohort}
    final = {"number": "001/BA", "state": "bertanda", "finalised_at": timezone.now(), "finalised_by": user}
    minutes, census = MinutesFactory(**own, **final), CensusFactory(**own)
    scan = Scan(minutes=minutes, content_type="image/jpeg", name="ba.jpg", uploaded_by=user)
    scan.file.save("ba.jpg", ContentFile(b"foto"))
    names = NameList(census=census, content_type="image/jpeg", uploaded_by=user)
    names.erase_on = today_of(census) + KEPT_FOR
    names.file.save("daftar.jpg", ContentFile(b"foto"))
    return Papers(minutes, scan, census, names, DataReviewFactory(**own), RegulationReviewFactory(**own))
