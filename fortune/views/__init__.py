"""Views: access, one service or query call, a view model, render.

- A reading: ``form`` and ``pillars`` (where it begins, by ``begin``), ``reading`` (its page, and more of its chart),
  ``events`` (its stream), ``questions``, ``verdicts``, ``share`` (its links, for their owner) and ``shared`` (for the
  recipient).
- A person's own rows: ``history``, ``people``, ``favorites``, ``account`` (a member's data), ``forget`` (a guest's).
- The rest: ``api`` (for programs), ``scenes`` (pictures), ``site`` (pages about the site), ``errors`` (refusals).
"""
