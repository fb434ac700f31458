"""Two records of one person, and an attempt under the wrong name, as an organiser sees them."""

from tests.screens.camera import DESK, Camera, press
from tests.screens.staff import hub_of, sign_in

# Run on the site that is photographed: somebody of the training in Loonuna who was registered twice.
MAKE_TWIN = "from tests.screens import merging; merging.make_twin()"


def make_twin() -> None:
    """Register the first person of the training once more, as an organiser in a hurry would."""
    from django.contrib.auth import get_user_model

    from lms.cohorts.domain import enrol
    from lms.cohorts.models import Cohort, Enrolment
    from lms.people.domain import register_participant

    cohort = Cohort.objects.get(code="LNN-2018")
    first = Enrolment.objects.filter(cohort=cohort).select_related("participant__village").first()
    person = first.participant
    twin, _pin = register_participant(
        organisation=person.organisation,
        village=person.village,
        full_name=person.full_name.title(),
        sex=person.sex,
        element="kader",
        role="Kader posyandu",
        dusun=person.dusun,
        consent_channel="kertas",
        recorded_by=get_user_model().objects.get(username="penyelenggara"),
        is_simulated=person.is_simulated,
    )
    enrol(cohort=cohort, participant=twin)


def photograph(camera: Camera, account: dict[str, str]) -> None:
    """The pairs, the comparison, and what moving an attempt would do. After ``MAKE_TWIN``."""
    with camera.window(DESK) as page:
        sign_in(camera, page, account)
        camera.open(page, "/admin/peserta/kembar/")
        camera.shoot(page, "gabung-kembar", shows=".pp-pair")
        press(page, '.pp-pair a[href*="/gabung/"]')
        camera.shoot(page, "gabung-banding", shows=".pp-lines")
        hub_of(camera, page, "LNN-2018")
        press(page, 'main a[href$="/tes/"]')
        press(page, ".tc-row-action a")
        press(page, 'main a[href$="/pindah/"]')
        page.select_option("select[name=to]", index=1)
        press(page, ".tc-form button")
        camera.shoot(page, "gabung-pindah", shows=".tc-section")
