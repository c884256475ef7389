"""The newsroom's whole memory, out and in again: typed records of its tables, read from them and restored to them."""
