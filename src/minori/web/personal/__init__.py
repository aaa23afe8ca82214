"""Personal data beyond the lake: what the app itself holds of somebody, shown whole, or scrubbed for good (SEMANTICS 24)."""
