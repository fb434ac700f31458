"""What trainers upload, looked at before it is stored: known by its content, without what hides in it.

Nothing here knows of Wagtail: bytes go in, clean bytes and an ending come out, or a ValidationError that says
what to do.
"""

# Bytes. No page loads more than this for a picture by itself, on a phone or elsewhere.
LIGHT_PICTURE = 40_000
# Beyond this a file is heavy for a phone on a thin line: authors and readers are told.
HEAVY = 200_000
