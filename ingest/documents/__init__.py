"""Documents as texts: .txt, .html, .docx, .pdf, a folder, standard input, or the text column of a table."""
