"""Components, one folder each: template, presenter, styles, examples, tests. A page draws a state no other way."""
