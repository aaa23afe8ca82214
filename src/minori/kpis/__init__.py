"""What revenue did: movements, rates, lifetime value; tables in, tables out."""
