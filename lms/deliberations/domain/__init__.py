"""Verbs of deliberations."""
