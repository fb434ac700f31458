"""The curriculum as files, read into pages."""
