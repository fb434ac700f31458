"""Identities of learners' records.

A record gets its key from whoever creates it, server or an offline client, so a retry or a later
transfer between a village laptop and the centre can neither duplicate nor collide (UUIDv7, RFC 9562).
"""

import uuid

from uuid_utils import compat


def new_id() -> uuid.UUID:
    """A time-ordered UUIDv7: unique without coordination, kind to B-tree indexes. Not secret."""
    return compat.uuid7()
