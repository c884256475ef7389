"""Counts reads and ranks the most read. `docs/contracts/beacon.md` is the promise to readers."""
