"""An invented paper, Nusa Pagi, to see Warta at work: its people, articles and drawn photos, filed like any other copy."""
