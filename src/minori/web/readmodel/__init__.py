"""The read model: a run's results copied into rows that lists can filter, shown all at once or not at all."""
