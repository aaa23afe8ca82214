"""Delivery: messages on their way out, and the channels that carry them."""
