"""The text while it is written.

``page`` holds its sections and paragraphs, and the facts each rests on; ``memory`` the sentences that the reader knows
already; ``lives`` says otherwise what is told to a child, to somebody in midlife, or of great age.
"""
