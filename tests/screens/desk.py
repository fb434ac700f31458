"""The screens of who gives tests: bringing questions in, reading aloud, paper, marking, mending, surveys."""

from playwright.sync_api import Page

from tests.screens.camera import DESK, Camera, press
from tests.screens.staff import hub_of, sign_in

_FILE = """::MD-01:: Musyawarah Desa diselenggarakan oleh {
=BPD
~Kepala Desa # Kepala Desa hadir, tetapi tidak menyelenggarakan.
~Camat
}

::MD-02:: Unsur masyarakat diundang ke Musyawarah Desa. {T}

::MD-03:: Jelaskan hasil Musyawarah Desa tahun lalu. {}

::MD-04:: Lengkapi\\: Berita Acara ditandatangani {=Ketua BPD ~%-200%Camat} dan lainnya.
"""


def photograph_trainer(camera: Camera, account: dict[str, str]) -> None:
    """What a trainer does beside the lessons."""
    with camera.window(DESK) as page:
        sign_in(camera, page, account)
        _import(camera, page)
        _test(camera, page)
        _help(camera, page)
        _mark(camera, page)


def photograph_organiser(camera: Camera, account: dict[str, str]) -> None:
    """What an organiser decides, and reads afterwards."""
    with camera.window(DESK) as page:
        sign_in(camera, page, account)
        hub_of(camera, page, "LNN-2018")
        press(page, 'a[href$="/survei/"]')
        camera.shoot(page, "penyelenggara-survei", shows="meter")
        camera.open(page, "/admin/penilaian-ulang/")
        press(page, 'main a[href*="/penilaian-ulang/"]')
        # Below the key of a question that tests ask.
        camera.shoot(page, "penyelenggara-penilaian-ulang", shows="main table", top="main table", height=420)


def _import(camera: Camera, page: Page) -> None:
    camera.open(page, "/admin/question-files/")
    page.set_input_files(
        "[name=file]", {"name": "musdes.txt", "mimeType": "text/plain", "buffer": _FILE.encode()}
    )
    page.fill("[name=bank]", "Musyawarah Desa")
    press(page, "main form button[type=submit]")
    camera.shoot(page, "pelatih-impor-soal", shows="main table")


def _test(camera: Camera, page: Page) -> None:
    camera.open(page, "/admin/assessments/")
    press(page, 'main td.title a:has-text("Latihan campuran")')
    camera.shoot(page, "pelatih-susun-tes", shows="main section")


def _help(camera: Camera, page: Page) -> None:
    hub = hub_of(camera, page, "Peragaan")
    press(page, 'a[href$="/tes/"]')
    camera.shoot(page, "fasilitator-tes-peserta", shows="main table")
    camera.open(page, hub)
    press(page, 'a[href$="/lembar/"]')
    press(page, 'a[href$="/1/"]')
    camera.shoot(page, "fasilitator-ketik-kertas", shows="main table input")
    camera.open(page, hub)
    press(page, 'a[href$="/dibacakan/"]')
    page.locator("[name=people]").first.check()
    press(page, "main .tc-bar button")
    camera.shoot(page, "fasilitator-dibacakan", shows="main form, main [data-aloud]")


def _mark(camera: Camera, page: Page) -> None:
    camera.open(page, "/admin/pemeriksaan/")
    press(page, "main tbody a")
    press(page, "main .tc-actions a")
    camera.shoot(page, "pelatih-periksa-jawaban", shows="main [name=level]")
