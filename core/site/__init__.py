"""Everything around a page: middleware, error responses, the site's switches, visitor counts."""
