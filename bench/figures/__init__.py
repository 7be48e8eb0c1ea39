"""The figures of ``make bench``, one function each, which takes the session that all of them share and its round.

``session`` holds what is served and what was recorded. ``streams`` measures running streams (`cost`, `capacity`, `slow`,
`sign_in`, `whole`), ``page_token`` the same on the page's path, ``visit`` a visit's steps (`visit`, `rows`), ``wave`` too many
arrivals, ``pages`` every page. ``signin`` are the people of `sign_in`, ``many`` the readings that `pages` lists.
"""
