"""Signing in: by password, by a link that works once, or by the company's own OpenID Connect provider."""
