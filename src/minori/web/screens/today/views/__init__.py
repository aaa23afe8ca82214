"""Pages and actions of Today."""
