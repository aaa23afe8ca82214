"""From facts to numbers: who is there, what they hold, and every metric as of a date."""
