"""Readers of files: each format becomes rows of text, exactly as written."""
