"""Makes the pages out of store and index."""
