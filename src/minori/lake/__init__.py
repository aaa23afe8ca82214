"""The store: facts, results and notes as Delta tables that change together."""
