"""Editing the definition files: drafts that are checked and shown as a diff, saved by compare and swap, kept and undone."""
