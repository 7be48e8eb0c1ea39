"""Charts in sentences: each statement has a stable id and names the cells it rests on."""
