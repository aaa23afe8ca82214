"""Sample companies whose hidden truth is known, and the score of decisions against it."""
