"""Answers readers: addresses, pages, redirects, cache headers."""
