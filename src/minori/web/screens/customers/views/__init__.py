"""What answers the addresses of customers."""
