"""Files that learning makes for people: printed tests and their keys."""
