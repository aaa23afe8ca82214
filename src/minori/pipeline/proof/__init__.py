"""The proof: what is computed on demand over many dates, from the same stages as the run."""
