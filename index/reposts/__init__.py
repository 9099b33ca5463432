"""Which articles are copies of one text: what is compared, when two are copies, and what a cluster says."""
