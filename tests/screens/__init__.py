"""The pictures of ``docs/panduan``: a throw-away demonstration site, walked with a real browser."""

# Two parallel questions that the shipped test does not ask: a picture must not give one away.
PAIR = "M3-03"
