"""The runs that every figure is made of: a paced provider, a server, browsers, and meters.

``measure`` runs a provider, a server of ``variants`` and the browsers of ``load``; ``decode`` compares what they received with
the provider's text; ``meter`` reads CPU and memory; ``conditions`` describes the machine.
"""
