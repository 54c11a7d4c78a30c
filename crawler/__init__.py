"""Makes the archive: PDFs by their SHA-256, and a note for every answer."""
