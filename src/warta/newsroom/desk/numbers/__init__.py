"""The desk's numbers: what is read now, each article's own curve, and reports of weeks and months."""
