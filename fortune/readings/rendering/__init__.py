"""A text as safe HTML, the same while it streams and after a refresh.

``render`` makes it block by block: of plain letters by ``simple_blocks``, else by a reader of Markdown, after ``markdown`` has
left out what a reading does not show, and marks ``hanja`` as such. ``open_text`` shows the paragraph that still arrives; ``references`` sends a block as
tags around text that the browser has.
"""
