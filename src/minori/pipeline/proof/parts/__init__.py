"""One file per part of the stored proof; its name is the part's name."""
