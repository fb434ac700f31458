"""``./run bench``: counts, bytes and ratios on a throw-away site. Measured speeds live here, not in tests."""
