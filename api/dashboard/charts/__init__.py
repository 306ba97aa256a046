"""Charts as plain geometry: modules here compute coordinates in SVG user units, templates draw them."""
