"""The stored proof as pages show it: copied once after it was computed, its charts drawn once and served as SVG."""
