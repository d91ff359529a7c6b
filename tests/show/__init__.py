"""`make show`: every acceptance line of the issues done so far, each with its figure, its aim, and ok or short."""
