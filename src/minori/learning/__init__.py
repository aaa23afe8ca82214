"""What the company's own history teaches: chances, weights, whether the score is true."""
