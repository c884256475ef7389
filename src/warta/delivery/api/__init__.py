"""The read API for programs: `/api/v1`, JSON. `docs/contracts/api.md` is the promise, ADR 24 says why it is so."""
