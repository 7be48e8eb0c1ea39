"""Pictures of a chart: SVG on pages, a PNG for messengers."""
