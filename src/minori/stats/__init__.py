"""Pure numbers: no tables, no clock, no words."""
