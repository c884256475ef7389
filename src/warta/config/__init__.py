"""Settings, root URLs, processes, the command line: the only room that knows all rooms."""
