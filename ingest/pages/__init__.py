"""PDFium and pdfplumber in, pages with words, lines, rulings and tables out; the only home of PDF libraries."""
