"""Views: access, one service or query call, a view model, render.

- ``births``: the forms on which a birth is given, and where a reading begins.
- ``readings``: a reading's page, and all that hangs on it. ``sharing``: its links.
- ``personal``: a person's own rows, and their deletion.
- ``site``: pages about the site, and files for browsers.
- ``api``: the endpoints for programs and the pages' scripts.
- For all of them: ``begin`` (begin a reading, or say why not), ``claim`` (a guest's readings become a member's), and
  ``errors`` (refusals).
"""
