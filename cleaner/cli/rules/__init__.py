"""``clean rules``: what decides on lines, rule files, their rules and heuristics. One command a module."""
