"""Feeds: what programs are given of the paper: RSS, Atom, JSON Feed, sitemaps, robots.txt, schema.org's words."""
