"""Feeds: what a reader's program is given of the paper, in RSS 2.0, Atom and JSON Feed."""
