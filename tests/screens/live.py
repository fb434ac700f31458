"""The class at this moment, on the facilitator's phone."""

from tests.screens.camera import PHONE, Camera, press
from tests.screens.staff import hub_of, sign_in


def photograph(camera: Camera, account: dict[str, str]) -> None:
    """The training of today while people take part in it."""
    with camera.window(PHONE) as page:
        sign_in(camera, page, account)
        hub_of(camera, page, "Peragaan")
        press(page, 'main a[href$="/pantau/"]')
        camera.shoot(page, "fasilitator-pantau-kelas", shows="[data-card]")
