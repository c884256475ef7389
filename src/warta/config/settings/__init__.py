"""Django's settings: `delivery` for the processes that answer readers, `newsroom` for all others."""
