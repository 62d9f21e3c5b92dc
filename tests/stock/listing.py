"""What a log directory contains, from the outputs of torchboard."""

import json


class Listing:
    """The runs and tags of `torchboard list DIR --json`, with the values of `torchboard show DIR '*' --json`."""

    def __init__(self, runs, values=None):
        self.runs = runs
        self._values = {(tag["run"], tag["tag"], tag["kind"]): tag for tag in values} if values is not None else None

    @classmethod
    def read(cls, listing, values=None):
        """Reads the two outputs; the second one is optional."""
        with open(listing, encoding="utf-8") as file:
            runs = json.load(file)["runs"]
        if values is None:
            return cls(runs)
        with open(values, encoding="utf-8") as file:
            return cls(runs, json.load(file)["tags"])

    @property
    def run_names(self):
        return [run["name"] for run in self.runs if run["tags"] or run["graphs"]]

    def tags(self, *kinds):
        """The run and the tag of all tags of some kinds."""
        return [(run["name"], tag) for run in self.runs for tag in run["tags"] if tag["kind"] in kinds]

    def has(self, *kinds):
        return bool(self.tags(*kinds))

    def values(self, run, tag):
        """The steps and values of a tag; None if only the listing is known."""
        if self._values is None:
            return None
        series = self._values[run, tag["tag"], tag["kind"]]
        return series["steps"], series["values"]

    def tag(self, run, name):
        """A tag by its names; None if there is none."""
        return next((tag for listed, tag in self.tags("scalar") if listed == run and tag["tag"] == name), None)
