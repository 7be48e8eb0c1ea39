"""Language models behind one protocol: a prompt goes in, text comes out as it is written.

``types`` holds the protocol, ``router`` chooses a provider, times it and fails over, ``registry`` configures them.
"""
