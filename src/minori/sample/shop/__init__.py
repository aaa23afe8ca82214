"""A shop for coffee and tea: customers, orders, what they look at, and what stands behind it."""
