"""Turns newsroom articles into paper pages."""
