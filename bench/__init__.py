"""The benchmarks: ``make bench`` (this package), ``make bench-engine``, ``make bench-scale``, ``make soak``.

``figures`` is what ``make bench`` measures, ``harness`` what every run is made of, ``comparators`` what Fortune is compared
with; ``report`` and ``publish`` turn records into tables and pictures. ``engine``, ``resilience``, ``scale`` and ``soak`` are
benchmarks of their own. All write to ``results/``.
"""
