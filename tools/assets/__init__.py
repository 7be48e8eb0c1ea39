"""Programs that make files of the site from larger sources: fonts with the letters of the pages, icons, scenes, codebooks."""
