"""Minutes and sheets that are ready to be looked at."""

import datetime
import io
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from lms.deliberations.models import Census, DataReview, Minutes, Proposal, RegulationReview, Signatory
from lms.deliberations.money import parse_rupiah
from tests.factories import OrganisationFactory, VillageFactory


class _RecordFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    organisation = factory.SubFactory(OrganisationFactory)
    village = factory.SubFactory(VillageFactory)


class MinutesFactory(_RecordFactory):
    """Minutes that could be numbered as they are."""

    class Meta:
        model = Minutes

    kind = "musdus"
    held_on = datetime.date(2018, 6, 20)
    starts_at = datetime.time(9, 0)
    place = "Kapela Piebulak"
    dusun = "Piebulak"
    chair = "Yosef Mali Bele"
    chair_title = "Kepala Dusun Piebulak"
    note_taker = "Anastasia Bete"
    matters = "Air bersih\nJalan dusun"
    results = "Air bersih diusulkan ke Musdes"
    men = 14
    women = 11


class CensusFactory(_RecordFactory):
    class Meta:
        model = Census

    dusun = "Piebulak"
    counted_on = datetime.date(2018, 6, 25)
    households = 42
    residents = 160
    ungrouped_men = 12
    ungrouped_women = 19
    officer = "Maria"


class DataReviewFactory(_RecordFactory):
    class Meta:
        model = DataReview

    topic = "Layanan dasar tiga dusun"
    reviewed_on = datetime.date(2018, 6, 22)


class RegulationReviewFactory(_RecordFactory):
    class Meta:
        model = RegulationReview

    document = "Perdes 3/2016 tentang SOTK"
    reviewed_on = datetime.date(2018, 8, 10)


def propose(minutes: Minutes, activity: str = "Perpipaan air bersih", **fields: Any) -> Proposal:
    """Add a proposal; ``cost_typed`` is read as the form reads it."""
    typed = fields.get("cost_typed", "")
    cost = parse_rupiah(typed).rupiah if typed else None
    return Proposal.objects.create(
        minutes=minutes, activity=activity, cost=cost, **{"field": "pembangunan", **fields}
    )


def let_sign(minutes: Minutes, *signers: tuple[str, str, str, str]) -> None:
    """Add who signs: role, name, office, sex."""
    for role, name, title, sex in signers:
        Signatory.objects.create(minutes=minutes, role=role, name=name, title=title, sex=sex)


def photo(name: str = "ba.jpg") -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[0x010F] = "KAMERA RAHASIA"
    content = io.BytesIO()
    Image.new("RGB", (3000, 1500), "green").save(content, "JPEG", exif=exif.tobytes())
    return SimpleUploadedFile(name, content.getvalue())
