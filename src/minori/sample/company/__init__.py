"""A software company that sells to companies: contracts, users, usage, and what stands behind them."""
