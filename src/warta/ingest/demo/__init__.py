"""An invented paper, Nusa Pagi, to see Warta at work: people, articles and drawn photos, filed like any other copy."""
