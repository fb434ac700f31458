"""Forms of deliberations, for staff."""
