"""The web app: what the run and the proof computed, and the people who act on it."""
