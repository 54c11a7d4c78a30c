"""Makes the store out of the archive: records, each with its proof, page text and page images."""
