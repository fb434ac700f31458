"""Who takes part, by role and number: no real person is named."""

from dataclasses import dataclass

DUSUN = ("Liu", "Pauk", "Piebulak")


@dataclass(frozen=True, slots=True)
class Person:
    """A simulated participant."""

    name: str
    element: str
    role: str
    sex: str
    age_band: str
    dusun: str


def _numbered(name: str, count: int, element: str, role: str, ages: str) -> list[Person]:
    """People of one role. Sexes alternate, so that women are half of them."""
    bands = ages.split()
    return [
        Person(
            name=f"{name} {number}",
            element=element,
            role=role,
            sex="PL"[number % 2],
            age_band=bands[number % len(bands)],
            dusun=DUSUN[number % len(DUSUN)],
        )
        for number in range(1, count + 1)
    ]


LOONUNA: list[Person] = [
    Person("Sekretaris Desa", "pemdes", "Sekretaris Desa", "L", "31-45", "Liu"),
    *_numbered("Perangkat", 6, "pemdes", "Perangkat Desa", "31-45 46-59"),
    Person("Ketua BPD", "bpd", "Ketua BPD", "L", "46-59", "Pauk"),
    *_numbered("Anggota BPD", 3, "bpd", "Anggota BPD", "31-45 46-59"),
    Person("Bendahara", "pemdes", "Bendahara", "P", "31-45", "Piebulak"),
    *_numbered("Warga", 12, "warga", "Warga", "18-30 31-45 46-59 60+"),
]
PRACTICE: list[Person] = _numbered("Peserta Peragaan", 10, "warga", "Warga", "18-30 31-45 60+")
