"""Numbers, dates and units as queries write them, and the other notations that articles use."""
