"""What templates may say and show."""
