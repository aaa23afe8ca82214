"""Guards: prohibitions, one file each."""
