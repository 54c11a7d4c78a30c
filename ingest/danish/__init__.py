"""Danish numbers, dates, periods, units, comparators, weights, verdicts and headings: text in, readings out."""
