"""Runs the stages: a day, a past date, a customer; loads sources; keeps the run."""
