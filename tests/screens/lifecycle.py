"""The state of a training, its team, and the copy for a new year, as an organiser sees them."""

from tests.screens.camera import DESK, Camera, press
from tests.screens.staff import hub_of, sign_in


def photograph(camera: Camera, account: dict[str, str]) -> None:
    """The training in Loonuna, which is running, and what is asked before it is copied."""
    with camera.window(DESK) as page:
        sign_in(camera, page, account)
        camera.open(page, "/admin/angkatan/")
        camera.shoot(page, "angkatan-daftar", shows="main table")
        hub_of(camera, page, "LNN-2018")
        camera.shoot(page, "angkatan-keadaan", shows=".tc-stage")
        press(page, 'main a[href$="/salin/"]')
        camera.shoot(page, "angkatan-salin", shows="[name=starts_on]")
