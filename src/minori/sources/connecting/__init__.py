"""Looks at unknown files and drafts how they become facts; a person then edits the draft."""
