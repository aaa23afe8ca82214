"""From signals to candidates: what could be offered, at what price, with what benefit, worth how much."""
