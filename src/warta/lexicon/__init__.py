"""The words of the newsroom and their rules: plain Python, no I/O, no Django."""
