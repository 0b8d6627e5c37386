"""Answers made again from the files of a report, without its data or models: what a scenario changes, in a second.

`days` lists the reports, `folder` reads the last, `kept` its paths · `typed` understands levers as they are typed
`table` compares two answers · `save` writes a scenario into a config · `whatif` and `growth` are commands.
The room imports no model, so that it opens at once.
"""

from forecast.again.folder import Report, last
from forecast.again.kept import read_paths
from forecast.again.whatif import whatif
from forecast.rooms import furnish

__all__ = ["Report", "last", "read_paths", "whatif"]


furnish(__name__)
