"""Facts that a page states about itself: time, source, title, parts."""
