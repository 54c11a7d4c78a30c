"""What a plain pdfplumber pass costs: words and tables of every page of the PDF on standard input."""

import io
import sys

import pdfplumber  # noqa: TID251 - the yardstick

if __name__ == "__main__":
    body = sys.stdin.buffer.read()
    if body:
        with pdfplumber.open(io.BytesIO(body)) as pdf:
            for page in pdf.pages:
                page.extract_words()
                page.extract_tables()
                page.close()
