"""One file per section of the results; its name stands in the address."""
