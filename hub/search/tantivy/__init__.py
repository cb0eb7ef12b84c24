"""The engine for large catalogues: tantivy keeps and searches the index. See decision 0038."""
