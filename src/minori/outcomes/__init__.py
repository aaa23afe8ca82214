"""What became of customers and of proposals."""
