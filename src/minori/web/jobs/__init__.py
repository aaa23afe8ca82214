"""Long work: asked for by a request, done by the worker, watched by polling (SEMANTICS 23)."""
