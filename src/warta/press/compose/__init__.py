"""Composes pages of the paper from what the newsroom has; one module a kind of page."""
