"""Folders of saved HTML: one page a file, as browsers, wget and HTTrack save them. `docs/contracts/saved-pages.md`."""
