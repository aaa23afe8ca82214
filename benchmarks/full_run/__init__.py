"""The full run against its peers, in parts: the data, the forty metrics, one module per way of computing them."""
