"""Hashing of participants' PINs."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PinHasher(Argon2PasswordHasher):
    """Argon2id at OWASP's minimum (19 MiB, two passes, one lane).

    Forty people sign in within minutes on a two-core laptop: Django's default of 100 MiB would queue
    them. What guards a six-digit PIN is the budget of tries (``lms.people.domain``), not the hash.
    """

    algorithm = "argon2pin"
    time_cost = 2
    memory_cost = 19456
    parallelism = 1
