"""Photos that come in: checked and read in a child process with limits, before anything is kept."""
