"""What moved between two places, each with both proofs: the events of docs/records.md."""
