"""A whole paper as a folder of files: written by an export, and brought into an empty paper again."""
