"""The newsroom's screens: what Wagtail's admin shows, how and to whom."""
