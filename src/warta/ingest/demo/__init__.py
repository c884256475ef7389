"""The demo newspaper: invented copy and drawn pictures."""
