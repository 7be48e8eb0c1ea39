"""Pages on which a birth is given.

``home`` (for somebody who comes back), ``form`` (with ``birth_check``, its answer while somebody types), ``pillars`` (a chart
from four pillars), and ``people``, whose births are saved.
"""
