"""The REST API: the same read model, rights and steps as the screens, for programs."""
