"""What a reader can be given: frozen typed pages, and the store they lie in."""
