"""A small fictional state: its web sites, its PDFs, and the server that answers as real sites do. CC0 1.0."""
