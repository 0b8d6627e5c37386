"""From a document or an outcome to the files that a reader opens: PDF, web page, workbook, index."""
