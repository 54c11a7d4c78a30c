"""Which goal a result answers and which goal a goal continues, and why we think so."""
