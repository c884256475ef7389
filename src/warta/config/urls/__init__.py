"""Root URLs: `delivery` for readers, `newsroom` for `/redaksi/`."""
