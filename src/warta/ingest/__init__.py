"""Copy from outside: sources × formats, then into the newsroom."""
