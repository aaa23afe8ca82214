"""From candidates to fates: guards, ranking, capacity, hold-out; every candidate ends in exactly one row."""
