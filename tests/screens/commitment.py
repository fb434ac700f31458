"""Commitment as an organiser sees it: who has signed. The sums of its scale are among the surveys."""

from tests.screens.camera import DESK, Camera, press
from tests.screens.staff import hub_of, sign_in


def photograph(camera: Camera, account: dict[str, str]) -> None:
    """Signatures of the training in Loonuna."""
    with camera.window(DESK) as page:
        sign_in(camera, page, account)
        hub_of(camera, page, "LNN-2018")
        press(page, 'main a[href$="/komitmen/"]')
        camera.shoot(page, "panitia-komitmen", shows=".fu-pledge")
