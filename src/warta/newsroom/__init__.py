"""Where journalists work: articles, photos, rubrics and the people who make them, in Wagtail's admin."""
