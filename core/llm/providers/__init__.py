"""A folder per provider (its client and the format of its events), and what all of them share.

``transport`` is what the SDKs send on, ``stream`` reads the answer, ``seam`` joins a continued text to its
prefix, ``errors`` names what went wrong.
"""
