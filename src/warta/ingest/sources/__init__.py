"""Where items from outside lie, and how they are read one by one. Plain Python, no Django."""
