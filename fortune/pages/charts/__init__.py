"""Parts of a chart that several pages show.

- ``chart`` (원국표), ``details`` (everything derived), ``luck`` (the timeline), ``gist`` (one sentence), ``scene`` (the day
  pillar's), ``pictures``; ``comparison`` (of two), ``interactions`` (with a passing pillar).
- ``labels`` has every name in the visitor's language; ``components`` renders what has hundreds of cells.
"""
