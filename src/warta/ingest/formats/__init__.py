"""What the bytes of a source mean: one format, one `parse`. Plain Python, no Django."""
