"""What the templates of the paper say in one word."""
