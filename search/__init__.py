"""Makes the index out of the store: what can be searched."""
