"""The answers expected of each plugin of TensorBoard for a log directory described by `torchboard list --json`."""

import json
import math
import struct

TOLERANCE = 1e-6


class Checks:
    """Queries the routes of every plugin, and records the errors and the number of queries."""

    def __init__(self, server, listing):
        self._server = server
        self._runs = listing["runs"]
        self.wrong = []
        self.asked = {}
        self._plugin = ""

    def run_all(self):
        for check in (
            self.scalars, self.histograms, self.distributions, self.images, self.audio, self.text, self.pr_curves, self.mesh,
            self.hparams, self.custom_scalars, self.graphs, self.projector, self.timeseries,
        ):
            self._plugin = check.__name__
            self.asked[self._plugin] = 0
            try:
                check()
            except (KeyError, IndexError, TypeError, ValueError, struct.error) as error:
                self._fail(f"unexpected form of the answer: {error!r}")

    def scalars(self):
        for run, tag in self._tags("scalar"):
            points = self._ask("scalars", run=run, tag=tag["tag"])
            if not self._has(points, run, tag):
                continue
            last, expected = points[-1], float(tag["lastValue"])
            value = float(last[2])
            if last[1] != tag["lastStep"]:
                self._fail(f"{run} {tag['tag']}: the last step is {last[1]}, not {tag['lastStep']}")
            if not (math.isclose(value, expected, rel_tol=TOLERANCE) or math.isnan(value) and math.isnan(expected)):
                self._fail(f"{run} {tag['tag']}: the last value is {value}, not {expected}")

    def histograms(self):
        for run, tag in self._tags("histogram"):
            points = self._ask("histograms", run=run, tag=tag["tag"])
            if self._has(points, run, tag) and not all(left <= right and count >= 0 for left, right, count in points[-1][2]):
                self._fail(f"{run} {tag['tag']}: buckets out of order")

    def distributions(self):
        for run, tag in self._tags("histogram"):
            self._has(self._ask("distributions", run=run, tag=tag["tag"]), run, tag)

    def images(self):
        for run, tag in self._tags("image"):
            pictures = self._ask("images", run=run, tag=tag["tag"], sample=0)
            if self._has(pictures, run, tag, step=lambda picture: picture["step"]):
                self._blob("images/individualImage?" + pictures[-1]["query"], (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM"))

    def audio(self):
        for run, tag in self._tags("audio"):
            clips = self._ask("audio", run=run, tag=tag["tag"], sample=0)
            if self._has(clips, run, tag, step=lambda clip: clip["step"]):
                self._blob("audio/individualAudio?" + clips[-1]["query"], (b"RIFF",))

    def text(self):
        for run, tag in self._tags("text"):
            texts = self._ask("text", run=run, tag=tag["tag"])
            if self._has(texts, run, tag, step=lambda text: text["step"]) and not texts[-1]["text"].strip():
                self._fail(f"{run} {tag['tag']}: an empty text")

    def pr_curves(self):
        for run, tag in self._tags("prCurve"):
            answer = self._ask("pr_curves", run=run, tag=tag["tag"]) or {}
            if self._has(answer.get(run), run, tag, step=lambda curve: curve["step"]):
                curve = answer[run][-1]
                if not all(0 <= value <= 1 for value in curve["precision"] + curve["recall"]):
                    self._fail(f"{run} {tag['tag']}: precision or recall outside 0 to 1")

    def mesh(self):
        for run, tags in (self._get("mesh/tags") or {}).items():
            for tag in tags:
                for part in self._ask("meshes", plugin="mesh", run=run, tag=tag)[-1:]:
                    for kind in ("VERTEX", "FACE", "COLOR"):
                        if part["components"] & (1 << ("", "VERTEX", "FACE", "COLOR").index(kind)):
                            query = f"mesh/data?run={run}&tag={tag}&content_type={kind}&sample=0&step={part['step']}"
                            self._blob(query, (b"",), multiple=4 if kind != "COLOR" else 3)
        if self._expects("mesh") and not self.asked["mesh"]:
            self._fail("no mesh is listed")

    def hparams(self):
        if not self._expects("hyperparameters"):
            return
        experiment = self._post("hparams/experiment", {"experimentName": ""})
        request = {
            "experimentName": "",
            "allowedStatuses": ["STATUS_SUCCESS", "STATUS_FAILURE", "STATUS_RUNNING", "STATUS_UNKNOWN"],
            "colParams": [{"hparam": info["name"]} for info in experiment["hparamInfos"]]
            + [{"metric": info["name"]} for info in experiment["metricInfos"]],
            "startIndex": 0, "sliceSize": 100,
        }
        groups = self._post("hparams/session_groups", request)["sessionGroups"]
        sessions = [session["name"] for group in groups for session in group["sessions"]]
        expected = [run["name"] for run in self._runs if any(tag["kind"] == "hyperparameters" for tag in run["tags"])]
        if not set(sessions) <= set(expected) or not sessions:
            self._fail(f"the sessions are {sessions}, the runs with hyperparameters {expected}")
        if not all(group["hparams"] for group in groups):
            self._fail("a session without hyperparameters")
        if not any(group.get("metricValues") for group in groups):
            self._fail("no session has a metric")

    def custom_scalars(self):
        layout = self._get("custom_scalars/layout")
        for category in (layout or {}).get("category", []):
            for chart in category["chart"]:
                for pattern in chart.get("multiline", {}).get("tag", []):
                    found = [self._get("custom_scalars/scalars", run=run["name"], tag=pattern) for run in self._runs]
                    if not any((answer or {}).get("tag_to_events") for answer in found):
                        self._fail(f"no run has anything for the chart's {pattern}")

    def graphs(self):
        listed = self._get("graphs/info") or {}
        with_graph = [run["name"] for run in self._runs if run["graphs"]]
        for run in with_graph:
            if not listed.get(run, {}).get("run_graph"):
                self._fail(f"{run} has a graph that is not listed")
            self._graph(run=run, conceptual="false")
        for run, info in listed.items():
            for name, tag in info.get("tags", {}).items():
                if tag.get("conceptual_graph"):
                    self._graph(run=run, tag=name, conceptual="true")
                if tag.get("profile"):
                    self._blob(f"graphs/run_metadata?run={run}&tag={name}", (b"step_stats",))

    def projector(self):
        for run in self._get("projector/runs") or []:
            for embedding in self._get("projector/info", run=run)["embeddings"]:
                name = embedding["tensorName"]
                rows, columns = embedding["tensorShape"]
                _, _, vectors = self._raw("projector/tensor", run=run, name=name)
                if len(vectors) != 4 * rows * columns:
                    self._fail(f"{run} {name}: {len(vectors)} bytes for {rows} × {columns} floats")
                if embedding.get("metadataPath"):
                    _, _, metadata = self._raw("projector/metadata", run=run, name=name)
                    if len(metadata.decode("utf-8").splitlines()) not in (rows, rows + 1):
                        self._fail(f"{run} {name}: not a line of metadata for each of {rows} rows")
                if embedding.get("sprite"):
                    self._blob(f"projector/sprite_image?run={run}&name={name}", (b"\x89PNG",))

    def timeseries(self):
        listed = self._get("timeseries/tags")
        for run, tag in self._tags("scalar"):
            if tag["tag"] not in listed["scalars"]["runTagInfo"].get(run, []):
                self._fail(f"{run} {tag['tag']} is not listed")

    def _graph(self, **parameters):
        status, _, text = self._raw("graphs/graph", limit_attr_size=1024, large_attrs_key="_too_large_attrs", **parameters)
        if status != 200 or b"node {" not in text:
            self._fail(f"no graph for {parameters}: status {status}")

    def _tags(self, kind):
        return [(run["name"], tag) for run in self._runs for tag in run["tags"] if tag["kind"] == kind]

    def _expects(self, kind):
        return bool(self._tags(kind))

    def _has(self, points, run, tag, step=lambda point: point[1]):
        """Whether there are points, the last of them at the last written step."""
        if not points:
            self._fail(f"{run} {tag['tag']}: nothing")
            return False
        if step(points[-1]) != tag["lastStep"]:
            self._fail(f"{run} {tag['tag']}: ends at step {step(points[-1])}, not {tag['lastStep']}")
        return True

    def _ask(self, route, plugin=None, **parameters):
        return self._get(f"{plugin or self._plugin}/{route}", **parameters)

    def _get(self, route, **parameters):
        status, _, content = self._raw(route, **parameters)
        return json.loads(content) if status == 200 else None

    def _post(self, route, request):
        self.asked[self._plugin] += 1
        answer = self._server.json("/data/plugin/" + route, body=json.dumps(request).encode(), content_type="application/json")
        if answer is None:
            self._fail(f"{route}: no answer")
        return answer

    def _raw(self, route, **parameters):
        self.asked[self._plugin] += 1
        status, kind, content = self._server.get("/data/plugin/" + route, parameters)
        if status != 200:
            self._fail(f"{route} {parameters}: status {status}")
        return status, kind, content

    def _blob(self, route, beginnings, multiple=1):
        path, _, query = route.partition("?")
        parameters = dict(part.split("=", 1) for part in query.split("&"))
        if "blob_key" not in parameters and "Audio" not in path and "Image" not in path:
            status, _, content = self._raw(path, **parameters)
        else:
            self.asked[self._plugin] += 1
            status, _, content = self._server.get("/data/plugin/" + route)
        if status != 200 or not content or not content.lstrip().startswith(beginnings) or len(content) % multiple:
            self._fail(f"{route}: status {status}, {len(content)} bytes starting with {content[:8]!r}")

    def _fail(self, message):
        self.wrong.append(f"{self._plugin}: {message}")
