"""One file per kind of job; its ``KIND`` is found under its name."""
