"""Pages of the data screen, a module for each kind."""
