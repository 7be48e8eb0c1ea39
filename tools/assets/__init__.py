"""Programs that make files of ``static/`` from larger sources: fonts with the letters of the pages, icons."""
