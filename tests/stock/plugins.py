"""
The answers expected of each plugin of TensorBoard for a log directory that `torchboard list --json` describes and, in
full, `torchboard show DIR '*' --json`.
"""

import html
import json
import re
import struct

import media
from comparison import close, numbers, series
from server import SAMPLES

# TensorBoard's number, name in its requests, element size and struct format of each part of a mesh.
MESH_PARTS = {"vertices": (1, "VERTEX", "f"), "faces": (2, "FACE", "i"), "colors": (3, "COLOR", "B")}


class Checks:
    """Queries the routes of every plugin, and records the errors, the number of queries and what was shown."""

    def __init__(self, server, listing, reader):
        self._server = server
        self._listing = listing
        self._drops_overtaken = reader == "rust"
        self.wrong = []
        self.asked = {}
        self.shown = {}
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
            except (KeyError, IndexError, TypeError, ValueError, AttributeError, struct.error) as error:
                self._fail(f"unexpected form of the answer: {error!r}")

    def scalars(self):
        for run, tag in self._listing.tags("scalar"):
            points = self._ask("scalars", run=run, tag=tag["tag"]) or []
            shown = [(step, float(value)) for _, step, value in points]
            for what, (_, value), (_, expected) in self._series(run, tag, shown):
                if not close(value, expected):
                    self._fail(f"{what} is {value}, not {expected}")
                    break
            values = [value for _, value in shown]
            for name, value in zip(("first", "last"), (values[:1], values[-1:])):
                expected = tag.get(name + "Value")
                if value and expected is not None and not close(value[0], expected):
                    self._fail(f"{run} {tag['tag']}: the {name} value is {value[0]}, not {expected}")
            finite = [value for value in values if abs(value) < float("inf")]
            for name, extreme in ("min", min), ("max", max):
                if finite and tag.get(name) is not None and not close(extreme(finite), tag[name]):
                    self._fail(f"{run} {tag['tag']}: the {name} is {extreme(finite)}, not {tag[name]}")

    def histograms(self):
        for run, tag in self._listing.tags("histogram"):
            points = self._ask("histograms", run=run, tag=tag["tag"]) or []
            if not all(left <= right and count >= 0 for point in points for left, right, count in point[2]):
                self._fail(f"{run} {tag['tag']}: buckets out of order")
            # One of the readers adds empty buckets.
            shown = [(step, [count for _, _, count in buckets if count]) for _, step, buckets in points]
            for what, (_, counts), (_, expected) in self._series(run, tag, shown):
                if not close(sum(counts), sum(expected["counts"])):
                    self._fail(f"{what} counts {sum(counts)}, not {sum(expected['counts'])}")
                self._differences(numbers(what, counts, [count for count in expected["counts"] if count]))

    def distributions(self):
        for run, tag in self._listing.tags("histogram"):
            points = self._ask("distributions", run=run, tag=tag["tag"]) or []
            self._series(run, tag, [(point[1], point[2]) for point in points])

    def images(self):
        for run, tag, samples in self._blobs("image"):
            for index in range(samples):
                pictures = self._ask("images", run=run, tag=tag["tag"], sample=index) or []
                shown = [(picture["step"], picture["query"]) for picture in pictures]
                for what, (_, query), (_, expected) in self._series(run, tag, shown, index):
                    content = self._blob("images/individualImage?" + query)
                    try:
                        form, width, height = media.picture(content)
                    except (ValueError, struct.error) as error:
                        self._fail(f"{what}: {error}")
                        continue
                    if expected is not None and (form, width, height, len(content)) != (
                            expected[index]["format"].replace("apng", "png"), expected[index]["width"], expected[index]["height"], expected[index]["bytes"]):
                        self._fail(f"{what} is {form} {width}×{height} of {len(content)} bytes, not {expected[index]}")

    def audio(self):
        for run, tag, samples in self._blobs("audio"):
            for index in range(samples):
                clips = self._ask("audio", run=run, tag=tag["tag"], sample=index) or []
                shown = [(clip["step"], clip["query"]) for clip in clips]
                for what, (_, query), (_, expected) in self._series(run, tag, shown, index):
                    content = self._blob("audio/individualAudio?" + query)
                    try:
                        rate, channels, length = media.clip(content)
                    except (ValueError, struct.error) as error:
                        self._fail(f"{what}: {error}")
                        continue
                    if not length:
                        self._fail(f"{what} has no samples")
                    if expected is not None and (rate, channels, len(content)) != (
                            expected[index]["sampleRate"], expected[index]["channels"], expected[index]["bytes"]):
                        self._fail(f"{what} has {rate} Hz, {channels} channels, {len(content)} bytes, not {expected[index]}")

    def text(self):
        for run, tag in self._listing.tags("text"):
            texts = self._ask("text", run=run, tag=tag["tag"]) or []
            for what, (_, shown), (_, expected) in self._series(run, tag, [(text["step"], text["text"]) for text in texts]):
                if not shown.strip():
                    self._fail(f"{what} is an empty text")
                words = set(re.findall(r"\w+", html.unescape(shown)))
                written = re.findall(r"[^\W_]{3,}", " ".join(expected["strings"])) if expected else []
                missing = [word for word in written if word not in words]
                # Markdown removes the names of languages and link targets, not most of a text.
                if len(missing) > len(written) / 2:
                    self._fail(f"{what} lacks most of its words: {missing[:5]}")

    def pr_curves(self):
        for run, tag in self._listing.tags("prCurve"):
            answer = self._ask("pr_curves", run=run, tag=tag["tag"]) or {}
            curves = [(curve["step"], curve) for curve in answer.get(run) or []]
            for what, (_, curve), (_, expected) in self._series(run, tag, curves):
                for name in "precision", "recall":
                    if not all(0 <= value <= 1 for value in curve[name]):
                        self._fail(f"{what}: a {name} outside 0 to 1")
                if not expected:
                    self._differences(f"{what}: {wrong}" for wrong in _contradictions(curve))
                else:
                    for name in ("precision", "recall", "truePositives", "falsePositives", "trueNegatives", "falseNegatives"):
                        shown = curve[re.sub("([A-Z])", lambda letter: "_" + letter[0].lower(), name)]
                        whole = expected[name][: len(shown)]
                        if not name.islower():
                            whole = [int(value) for value in whole]
                        self._differences(numbers(f"{what}: {name}", shown, whole))

    def mesh(self):
        listed = self._get("mesh/tags") or {}
        for run, tag in self._listing.tags("mesh"):
            known = self._listing.values(run, tag)
            name = known[1][0]["mesh"] if known else re.sub("_(VERTEX|FACE|COLOR)$", "", tag["tag"])
            kind = known[1][0]["kind"] if known else {"V": "vertices", "F": "faces", "C": "colors"}[tag["tag"][len(name) + 1]]
            number, part, form = MESH_PARTS[kind]
            if name not in listed.get(run, {}):
                self._fail(f"{run} {name} is not listed")
                continue
            events = self._ask("meshes", run=run, tag=name, sample=0) or []
            shown = [(event["step"], event) for event in events if event["content_type"] == number]
            for what, (step, _), (_, expected) in self._series(run, tag, shown):
                content = self._raw(
                    "mesh/data", run=run, tag=name, content_type=part, sample=0, step=step)[2]
                size = struct.calcsize("<" + form)
                if not content or len(content) % (3 * size):
                    self._fail(f"{what}: {len(content)} bytes")
                elif expected:
                    values = struct.unpack(f"<{len(content) // size}{form}", content)
                    first = expected["data"]["values"][: expected["data"]["shape"][1] * 3]
                    self._differences(numbers(what, values, first))

    def hparams(self):
        if not self._listing.has("hyperparameters"):
            return
        experiment = self._post("hparams/experiment", {"experimentName": ""})
        request = {
            "experimentName": "",
            "allowedStatuses": ["STATUS_SUCCESS", "STATUS_FAILURE", "STATUS_RUNNING", "STATUS_UNKNOWN"],
            "colParams": [{"hparam": info["name"]} for info in experiment["hparamInfos"]]
            + [{"metric": info["name"]} for info in experiment["metricInfos"]],
            "startIndex": 0, "sliceSize": 100_000,
        }
        groups = self._post("hparams/session_groups", request)["sessionGroups"]
        sessions = {session["name"]: (session, group) for group in groups for session in group["sessions"]}
        trials = dict(self._listing.tags("hyperparameters"))
        expected = {run for run, tag in self._listing.tags("hyperparameters") if "experiment" not in tag["tag"]}
        if set(sessions) != expected:
            self._fail(f"the sessions are {sorted(sessions)}, the runs with hyperparameters {sorted(expected)}")
        metrics = [(info["name"].get("group", ""), info["name"]["tag"]) for info in experiment["metricInfos"]]
        if not metrics:
            self._fail("no session has a metric")
        self.shown["hparams"] = sorted((name, json.dumps(group["hparams"], sort_keys=True)) for name, (_, group) in sessions.items())
        for name, (session, group) in sorted(sessions.items()):
            if not group["hparams"]:
                self._fail(f"{name} has no hyperparameters")
            known = self._listing.values(name, trials[name]) if name in trials else None
            for key, value in (known[1][0]["values"] if known else {}).items():
                shown = group["hparams"].get(key)
                if type(value) in (int, float) and type(shown) in (int, float):
                    if not close(shown, value):
                        self._fail(f"{name}: the hyperparameter {key} is {shown}, not {value}")
                elif shown != value:
                    self._fail(f"{name}: the hyperparameter {key} is {shown}, not {value}")
            values = {(m["name"].get("group", ""), m["name"]["tag"]): m["value"] for m in session.get("metricValues", [])}
            for sub_run, metric in metrics:
                tag = self._listing.tag(f"{name}/{sub_run}".rstrip("/"), metric)
                if tag is None or tag["lastValue"] is None:
                    continue
                shown = values.get((sub_run, metric))
                if shown is None or not close(shown, tag["lastValue"]):
                    self._fail(f"{name}: the metric {metric} is {shown}, not {tag['lastValue']}")

    def custom_scalars(self):
        layout = self._get("custom_scalars/layout")
        for category in (layout or {}).get("category", []):
            for chart in category["chart"]:
                patterns = chart.get("multiline", {}).get("tag", [])
                margins = [
                    "^" + re.escape(line[name]) + "$"
                    for line in chart.get("margin", {}).get("series", []) for name in ("value", "lower", "upper")
                ]
                if not patterns and not margins:
                    self._fail(f"the chart {chart.get('title')} has no curves")
                for pattern in patterns + margins:
                    found = [
                        self._get("custom_scalars/scalars", run=run["name"], tag=pattern) for run in self._listing.runs
                        if any(tag["kind"] == "scalar" for tag in run["tags"])
                    ]
                    events = {
                        tag: points for answer in found for tag, points in (answer or {}).get("tag_to_events", {}).items()
                    }
                    if not any(events.values()):
                        self._fail(f"no run has anything for the chart's {pattern}")

    def graphs(self):
        listed = self._get("graphs/info") or {}
        for run in self._listing.runs:
            if not run["graphs"]:
                continue
            if not listed.get(run["name"], {}).get("run_graph"):
                self._fail(f"{run['name']} has a graph that is not listed")
            nodes = self._graph(run=run["name"], conceptual="false")
            if run.get("graphNodes") is not None and len(nodes) != run["graphNodes"]:
                self._fail(f"{run['name']}: a graph of {len(nodes)} nodes, not {run['graphNodes']}")
        for run, info in listed.items():
            for name, tag in info.get("tags", {}).items():
                if tag.get("conceptual_graph"):
                    self._graph(run=run, tag=name, conceptual="true")
                if tag.get("profile"):
                    content = self._raw("graphs/run_metadata", run=run, tag=name)[2]
                    if not content.lstrip().startswith(b"step_stats"):
                        self._fail(f"{run} {name}: no execution statistics")

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
                    try:
                        media.picture(self._raw("projector/sprite_image", run=run, name=name)[2])
                    except (ValueError, struct.error) as error:
                        self._fail(f"{run} {name}: the sprite: {error}")

    def timeseries(self):
        listed = self._get("timeseries/tags")
        for run, tag in self._listing.tags("scalar"):
            if tag["tag"] not in listed["scalars"]["runTagInfo"].get(run, []):
                self._fail(f"{run} {tag['tag']} is not listed")

    def _graph(self, **parameters):
        status, _, text = self._raw("graphs/graph", limit_attr_size=1024, large_attrs_key="_too_large_attrs", **parameters)
        nodes = re.findall(rb'^ *node \{\s+name: "((?:[^"\\]|\\.)*)"', text, re.MULTILINE)
        if status != 200 or not nodes:
            self._fail(f"no graph for {parameters}: status {status}")
        self.shown[f"graph {parameters}"] = sorted(node.decode("utf-8", "replace") for node in nodes)
        return nodes

    def _series(self, run, tag, shown, index=None):
        """
        Compares the steps with the file's and returns (description, shown, expected) of each point. Without values, only
        the number of points and the first and last step are known.
        """
        what = f"{run} {tag['tag']}" + (f" number {index}" if index else "")
        self.shown[f"{self._plugin} {what}"] = [(step, _comparable(value)) for step, value in shown]
        limit = SAMPLES[self._plugin if self._plugin != "distributions" else "histograms"]
        known = self._listing.values(run, tag)
        if known is None:
            count = min(tag["points"], limit)
            if not shown or index is None and len(shown) != count:
                hint = "; where steps repeat, pass --values" if self._drops_overtaken and shown else ""
                self._fail(f"{what}: {len(shown)} points, not {count}{hint}")
            elif index is None and (shown[0][0], shown[-1][0]) != (tag["firstStep"], tag["lastStep"]):
                self._fail(f"{what}: steps {shown[0][0]} to {shown[-1][0]}, not {tag['firstStep']} to {tag['lastStep']}")
            if self._plugin in ("scalars", "histograms", "mesh"):
                return []
            return [(f"{what} at step {point[0]}", point, (point[0], None)) for point in shown]
        expected = [(step, value) for step, value in zip(*known) if index is None or index < len(value)]
        wrong, pairs = series(what, shown, expected, limit, self._drops_overtaken)
        self._differences(wrong)
        return [(f"{what} at step {point[0]}", point, right) for point, right in pairs]

    def _blobs(self, kind):
        """The run, the tag and the number of samples of all tags of a kind."""
        listed = self._get(f"{self._plugin}/tags") or {}
        for run, tag in self._listing.tags(kind):
            known = self._listing.values(run, tag)
            shown = listed.get(run, {}).get(tag["tag"], {}).get("samples", 0)
            samples = max(map(len, known[1])) if known else shown
            if shown < samples or not samples:
                self._fail(f"{run} {tag['tag']}: {shown} samples, not {samples}")
            yield run, tag, samples

    def _differences(self, wrong):
        for line in wrong:
            self._fail(line)

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

    def _blob(self, route):
        self.asked[self._plugin] += 1
        status, _, content = self._server.get("/data/plugin/" + route)
        if status != 200:
            self._fail(f"{route}: status {status}")
        return content

    def _fail(self, message):
        self.wrong.append(f"{self._plugin}: {message}")


def _comparable(value):
    """What two readers must show alike: not the keys of pictures and clips, nor wall times."""
    if isinstance(value, dict):
        return {key: part for key, part in value.items() if key != "wall_time"}
    return None if isinstance(value, str) and "blob_key" in value else value


def _contradictions(curve):
    """Describes precisions and recalls that do not follow from the counts."""
    for name, other in ("precision", "false_positives"), ("recall", "false_negatives"):
        for index, value in enumerate(curve[name]):
            right, wrong = curve["true_positives"][index], curve[other][index]
            # Counts are truncated to integers in the answer, which matters for weighted items.
            if right + wrong == 0 and 0 < value < 1 or right + wrong > 0 and abs(value - right / (right + wrong)) > 1 / (right + wrong):
                yield f"{name} number {index} is {value} with {right} true positives and {wrong} {other.replace('_', ' ')}"
                break
