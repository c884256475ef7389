"""Everything that writes in the newsroom, one verb a file: atomic, `by` whom and `now` passed in."""
