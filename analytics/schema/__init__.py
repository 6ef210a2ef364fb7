"""What every table and column means: fields, tables, statement forms, vocabularies."""
