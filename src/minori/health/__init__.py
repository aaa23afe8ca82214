"""Classes of customers and the health score, with a ledger of how it came about."""
