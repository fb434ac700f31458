"""Random passwords and PINs of the demonstration, kept in ``var/`` for ``./run`` to print."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser

_WORDS = [
    "jagung",
    "embung",
    "lumbung",
    "tenun",
    "bukit",
    "sungai",
    "padi",
    "kelapa",
    "kopi",
    "kemiri",
    "tikar",
    "tanduk",
    "pagi",
    "hujan",
    "angin",
    "batu",
    "madu",
    "kapas",
    "lontar",
    "asam",
    "pinang",
    "sirih",
    "rusa",
    "elang",
    "bambu",
    "kayu",
    "api",
    "bulan",
    "bintang",
    "awan",
    "ladang",
    "jembatan",
]


def new_password() -> str:
    """Four words and two digits: typed by a visitor, about 26 bits, and only for simulated data."""
    words = "-".join(secrets.choice(_WORDS) for _ in range(4))
    return f"{words}-{secrets.randbelow(90) + 10}"


def file() -> Path:
    return Path(settings.VAR_DIR) / "demonstration.json"


def write(data: dict[str, Any]) -> None:
    """Keep the sign-ins readable by the owner of the installation only."""
    draft = file().with_suffix(".draft")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as stream:
        json.dump(data, stream, indent=1, ensure_ascii=False)
    draft.replace(file())


def staff_entry(role: str, user: AbstractUser, password: str) -> dict[str, str]:
    return {"role": role, "username": user.get_username(), "password": password}


def participant_entry(name: str, state: str, code: str, pin: str) -> dict[str, str]:
    return {"name": name, "state": state, "code": code, "pin": pin}
