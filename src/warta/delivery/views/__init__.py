"""What a reader's request is answered with."""
