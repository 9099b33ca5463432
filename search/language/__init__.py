"""What a person types: lexer, parser and the tree of a query, with what was read differently."""
