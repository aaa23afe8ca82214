"""What happened with a customer: facts of the lake, and those written down here that are not in the lake yet."""
