"""Warta: a newsroom where journalists write and correct, and a portal that readers read."""
