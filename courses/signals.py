"""News that courses send upwards."""

from django.dispatch import Signal

# Sent by ``load_curriculum`` inside its transaction, before it looks for the site's root page. A site that
# brings its own front page makes it now. Arguments: ``loader`` (courses.imports.pages.PageLoader).
site_tree_wanted = Signal()

# A course was copied for a new year. Sent after the copy is whole. Arguments: source, copy, user.
course_copied = Signal()
