"""Tests the check against recorded answers of stock TensorBoard: it accepts them, and finds every damage done to them."""

import json
import os
import re
import sys
import unittest

from check import differences
from listing import Listing
from plugins import Checks
from recorded import RecordedServer

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "recorded")
READERS = ("python", "rust")


def run(reader, change=lambda path, content: content, values=True):
    listing = Listing.read(
        os.path.join(FOLDER, "listing.json"), os.path.join(FOLDER, "values.json") if values else None)
    checks = Checks(RecordedServer(os.path.join(FOLDER, f"{reader}.json.gz"), change), listing, reader)
    checks.run_all()
    return checks


def changing(route, change):
    """Changes the decoded answers of a route."""
    return lambda path, content: json.dumps(change(json.loads(content))).encode() if path.endswith(route) else content


def every(change):
    """Changes each element of an answer."""
    return lambda points: [change(point) for point in points]


class RecordedAnswers(unittest.TestCase):
    def test_are_accepted_with_and_without_all_values(self):
        for reader in READERS:
            for values in True, False:
                with self.subTest(reader=reader, values=values):
                    checks = run(reader, values=values)
                    self.assertEqual(checks.wrong, [])
                    self.assertTrue(all(checks.asked.values()), checks.asked)

    def test_of_the_readers_are_alike(self):
        python, rust = (run(reader).shown for reader in READERS)
        self.assertEqual(list(differences(python, rust)), [])
        self.assertGreater(len(python), 15)

    def test_that_are_missing_are_found(self):
        for plugin in run("python").asked:
            with self.subTest(plugin=plugin):
                wrong = run("python", lambda path, content, plugin=plugin: b"" if f"/{plugin}/" in path else content).wrong
                self.assertTrue(any(line.startswith(plugin) for line in wrong), wrong)


class Damage(unittest.TestCase):
    def found(self, change, message, values=True):
        for reader in READERS:
            with self.subTest(reader=reader, values=values):
                wrong = run(reader, change, values).wrong
                self.assertTrue(any(re.search(message, line) for line in wrong), wrong)

    def test_points_between_the_first_and_the_last_are_missing(self):
        change = changing("scalars/scalars", lambda points: [points[0], points[-1]] if isinstance(points, list) else points)
        self.found(change, r"^scalars: \. loss: 2 steps from 0 to 20, not 21 steps")
        self.found(change, r"^scalars: \. loss: 2 points, not 21", values=False)

    def test_all_values_but_the_last_are_wrong(self):
        def change(points):
            return [[wall, step, 12345.0] for wall, step, _ in points[:-1]] + points[-1:] if isinstance(points, list) else points

        self.found(changing("scalars/scalars", change), r"^scalars: \. loss at step 0 is 12345.0, not 1")

    def test_pictures_are_cut_off(self):
        for length in 16, -1:
            change = lambda path, content: content[:length] if "individualImage" in path else content
            for values in True, False:
                self.found(change, r"^images: \. picture at step 0: the PNG has no end", values)

    def test_pictures_are_damaged(self):
        def change(path, content):
            return content[:60] + bytes([content[60] ^ 1]) + content[61:] if "individualImage" in path else content

        self.found(change, r"^images: \. picture at step 0: the PNG's chunk b'IDAT' is damaged", values=False)

    def test_clips_are_cut_off(self):
        change = lambda path, content: content[:-10] if "individualAudio" in path else content
        self.found(change, r"^audio: \. tone at step 0: the WAV clip is cut off", values=False)

    def test_precision_and_recall_are_not_those_of_the_counts(self):
        def change(answer):
            for curve in answer["."]:
                curve["precision"] = [0.5] * len(curve["precision"])
            return answer

        self.found(changing("pr_curves/pr_curves", change), r"^pr_curves: \. classes at step 0: precision: number \d+ is 0.5")
        self.found(changing("pr_curves/pr_curves", change), r"^pr_curves: .* is 0.5 with \d+ true positives", values=False)

    def test_histograms_count_less(self):
        def change(point):
            wall, step, buckets = point
            return [wall, step, [[left, right, count / 2] for left, right, count in buckets]]

        self.found(changing("histograms/histograms", every(change)), r"^histograms: \. values at step 0 counts 50.0, not 100")

    def test_meshes_are_of_another_size(self):
        change = lambda path, content: content[:-4] + b"\0\0\0\0" if path.endswith("mesh/data") else content
        self.found(change, r"^mesh: \. tetrahedron_VERTEX at step 0: number 11 is 0.0, not 1")

    def test_texts_are_other_ones(self):
        self.found(changing("text/text", every(lambda text: {**text, "text": "<p>nothing</p>"})), r"^text: .* lacks most of its words")

    def test_sessions_are_missing_or_have_other_values(self):
        def without_one(answer):
            return {"sessionGroups": answer["sessionGroups"][1:]}

        def other(answer):
            for group in answer["sessionGroups"]:
                group["hparams"]["method"] = "adam"
                for session in group["sessions"]:
                    for metric in session["metricValues"]:
                        metric["value"] += 1
            return answer

        for values in True, False:
            self.found(changing("session_groups", without_one), r"^hparams: the sessions are \['rate 0.\d'\]", values)
            self.found(changing("session_groups", other), r"^hparams: rate 0.1: the metric loss is 1.1\d*, not 0.1", values)
        self.found(changing("session_groups", other), r"^hparams: rate 0.1: the hyperparameter method is adam, not descent")

    def test_a_margin_chart_names_a_curve_that_is_not_there(self):
        def change(layout):
            layout["category"][0]["chart"][1]["margin"]["series"][0]["lower"] = "nowhere"
            return layout

        self.found(changing("custom_scalars/layout", change), r"^custom_scalars: no run has anything for the chart's \^nowhere\$")

    def test_readers_show_different_values(self):
        python = run("python").shown
        other = run("rust", changing("scalars/scalars", lambda points: [[wall, step, 9.0] for wall, step, _ in points])).shown
        self.assertIn("scalars . loss at step 0: 1.0 and 9.0", list(differences(python, other)))
        other = run("rust", lambda path, content: content.replace(b'name: "output"', b'name: "else"')).shown
        self.assertTrue(any(line.startswith("graph ") for line in differences(python, other)))


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
