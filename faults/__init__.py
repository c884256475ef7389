"""What must not break when something else does: each fault as a command that injects it and measures what readers see."""
