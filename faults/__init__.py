"""What must not break when something else does: each fault is a command that measures what readers see."""
