"""Moments: conditions over metrics that became true, as spells of days."""
