"""The screens of organisers and trainers, on a village computer."""

from playwright.sync_api import Page

from tests.screens import PAIR
from tests.screens.camera import DESK, Camera, press

_LESSON_TO_SHOW = "RPJM Desa"
# The name comes last, so that the picture begins with it.
_NEW_PERSON = {"dusun": "Pauk", "role": "Kader Posyandu", "full_name": "Anastasia"}


def photograph_organiser(camera: Camera, account: dict[str, str]) -> None:
    """Preparing a training, its day, and what came of it."""
    with camera.window(DESK) as page:
        sign_in(camera, page, account)
        camera.shoot(page, "penyelenggara-beranda", shows="main a")
        camera.open(page, "/admin/desa/new/")
        camera.shoot(page, "penyelenggara-desa", shows="[name=name]")
        camera.open(page, "/admin/angkatan/new/")
        camera.shoot(page, "penyelenggara-angkatan-baru", shows="[name=code]")
        hub = hub_of(camera, page, "Peragaan")
        camera.shoot(page, "penyelenggara-angkatan", shows="#people")
        _people(camera, page, hub)
        _after(camera, page)


def photograph_trainer(camera: Camera, account: dict[str, str]) -> None:
    """Writing lessons, questions and tests."""
    with camera.window(DESK) as page:
        sign_in(camera, page, account)
        camera.open(page, f"/admin/pages/search/?q={_LESSON_TO_SHOW.replace(' ', '+')}")
        press(page, f'main a:has-text("{_LESSON_TO_SHOW}")')
        camera.shoot(page, "pelatih-pelajaran", shows="[name=title]")
        camera.open(page, f"/admin/questions/all/?q={PAIR}")
        camera.shoot(page, "pelatih-bank-soal", shows="main table")
        press(page, f'main table a:has-text("{PAIR}A")')
        camera.shoot(page, "pelatih-soal", shows="main iframe")
        camera.open(page, "/admin/assessments/")
        press(page, 'main td.title a:has-text("Tes pengetahuan")')
        camera.shoot(page, "pelatih-tes", shows="main table")
        photograph_agenda(camera, page)


def photograph_agenda(camera: Camera, page: Page) -> None:
    """Outcomes, lessons and pairs: the part of the agenda that shows no question of the shipped test."""
    camera.open(page, "/admin/learning-results/LNN-2018/agenda/")
    camera.shoot(page, "pelatih-agenda", shows=".ag-outcomes", top="#ag-outcomes")


def _people(camera: Camera, page: Page, hub: str) -> None:
    press(page, 'a[href$="/peserta/baru/"]')
    for name, value in _NEW_PERSON.items():
        page.fill(f"[name={name}]", value)
    camera.shoot(page, "penyelenggara-tambah-peserta", shows="[name=full_name]")
    page.check("[name=sex][value=P]")
    page.select_option("[name=element]", "kader")
    page.check("[name=consent_given]")
    page.check("[name=consent_channel][value=kertas]")
    press(page, "form.tc-form p.tc-actions button")
    camera.shoot(page, "penyelenggara-kartu", shows=".card", height=520)
    camera.open(page, hub)
    press(page, 'a[href$="/kartu/"]')
    camera.shoot(page, "penyelenggara-kartu-baru", shows="[name=participants]")
    camera.open(page, hub)
    press(page, 'a[href*="/kehadiran/"]')
    camera.shoot(page, "penyelenggara-kehadiran", shows=".tc-attend")
    _import(camera, page, hub)


def _import(camera: Camera, page: Page, hub: str) -> None:
    """A list in which one person may be known: the first of those who are there, with a word left out."""
    camera.open(page, hub)
    known = page.locator("main tbody th a").first.inner_text()
    rows = [
        ["Nama", "L/P", "Umur", "Jabatan", "Dusun"],
        [f"Bpk. {known}", "L", "41", "Petani", ""],
        ["Anastasia Luan", "P", "34", "Kader Posyandu", "dsn. Pauk"],
        ["Marselinus", "L", "31/06/1980", "Ketua RT 2", "PAUK"],
    ]
    press(page, 'a[href$="/impor/"]')
    data = "\n".join(";".join(row) for row in rows).encode()
    page.set_input_files(
        "[name=file]", {"name": "daftar-peserta.csv", "mimeType": "text/csv", "buffer": data}
    )
    press(page, "form.tc-form p.tc-actions button")
    camera.shoot(page, "penyelenggara-impor-peserta", shows=".tc-same")


def _after(camera: Camera, page: Page) -> None:
    hub = hub_of(camera, page, "LNN-2018")
    press(page, 'a[href$="/plans/"]')
    camera.shoot(page, "penyelenggara-rencana", shows="main table")
    camera.open(page, hub)
    press(page, 'a[href$="/certificates/"]')
    camera.shoot(page, "penyelenggara-sertifikat", shows="main table")
    camera.open(page, "/admin/learning-results/LNN-2018/")
    camera.shoot(page, "penyelenggara-hasil", shows="main svg")


def hub_of(camera: Camera, page: Page, words: str) -> str:
    """Open the page of the training whose row holds these words; its address."""
    camera.open(page, "/admin/angkatan/")
    press(page, f'main tr:has-text("{words}") a')
    return page.url


def sign_in(camera: Camera, page: Page, account: dict[str, str]) -> None:
    """Enter the admin."""
    camera.open(page, "/admin/login/")
    page.fill("[name=username]", account["username"])
    page.fill("[name=password]", account["password"])
    press(page, "form button[type=submit]")
