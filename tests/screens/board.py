"""The findings board, as an organiser sees it."""

from tests.screens.camera import DESK, Camera, press
from tests.screens.staff import hub_of, sign_in


def photograph(camera: Camera, account: dict[str, str]) -> None:
    """The board of the training in Loonuna."""
    with camera.window(DESK) as page:
        sign_in(camera, page, account)
        hub_of(camera, page, "LNN-2018")
        press(page, 'main a[href$="/temuan/"]')
        camera.shoot(page, "panitia-papan-temuan", shows=".tc-finding")
