"""Topics: what an article is about, by a rule file that people can read and change."""
