"""Kinds of offer, one file each."""
