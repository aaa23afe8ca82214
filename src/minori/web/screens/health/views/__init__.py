"""Pages and actions of health and metrics."""
