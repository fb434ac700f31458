"""Lists and forms of deliberations in Wagtail's admin. The page of each record is in ``views``."""
