"""Kinds of metric, one file each."""
