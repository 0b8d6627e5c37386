"""Bad inputs by the thousand through the command line: refused with a place, or answered right."""
