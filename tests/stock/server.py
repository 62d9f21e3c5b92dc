"""A stock TensorBoard on a free local port, for the duration of a with block."""

import json
import os
import shlex
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

START_SECONDS = 90
REQUEST_SECONDS = 60
SETTLED_SECONDS = 20
RELOAD_SECONDS = 1.5
ERRORS = ("Traceback", "Internal Server Error", "panicked at", " ERROR ", "Error:")

# The two readers of TensorBoard; torchboard in place of its data server, and as a server that TensorBoard connects to.
READERS = ("python", "rust", "torchboard", "remote")

# So many values of a tag are shown, which is all of them in most runs.
SAMPLES = {
    "scalars": 1_000_000, "histograms": 10_000, "images": 1000, "audio": 1000, "text": 1000, "pr_curves": 1000, "mesh": 1000,
}


class TensorBoard:
    """Starts the server, waits until it has loaded the runs, and stops it."""

    def __init__(self, command, logdir, reader, listing, torchboard=None):
        self._log = tempfile.TemporaryFile(mode="w+")
        self._listing = listing
        self._url = None
        self._served = None
        samples = ",".join(f"{plugin}={count}" for plugin, count in SAMPLES.items())
        arguments = [
            "--logdir", logdir, "--host", "127.0.0.1", "--port", "0", "--reload_interval", "1", "--samples_per_plugin", samples,
        ]
        environment = dict(os.environ)
        if reader == "remote":
            self._served = subprocess.Popen(
                [torchboard, "serve", logdir, "--port", "0", "--grpc-port", "0", "--reload", "1", "--samples-per-plugin", samples],
                stdout=subprocess.PIPE, stderr=self._log, text=True)
            self._served.stdout.readline()
            arguments += ["--grpc_data_provider", self._served.stdout.readline().split()[-1]]
        else:
            arguments.append(f"--load_fast={'false' if reader == 'python' else 'true'}")
        if reader == "torchboard":
            environment["TENSORBOARD_DATA_SERVER_BINARY"] = torchboard
        self._process = subprocess.Popen(
            shlex.split(command) + arguments, stdout=self._log, stderr=subprocess.STDOUT, start_new_session=True,
            env=environment)

    def __enter__(self):
        try:
            self._wait("the server answers", self._find_url)
            runs = set(self._listing.run_names)
            self._wait("all runs are loaded", lambda: runs <= set(self.json("/data/runs") or []))
            self._await_points()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in (self._process, self._served):
            for kind in (signal.SIGTERM, signal.SIGKILL):
                if process is not None and process.poll() is None:
                    process.send_signal(kind)
                    try:
                        process.wait(10)
                    except subprocess.TimeoutExpired:
                        pass
        if self._served is not None:
            self._served.stdout.close()
        self._log.close()

    @property
    def url(self):
        return self._url

    def get(self, path, parameters=None, body=None, content_type=None):
        """Status, content type and body of an answer."""
        url = self._url + path + ("?" + urllib.parse.urlencode(parameters, doseq=True) if parameters else "")
        request = urllib.request.Request(url, data=body)
        if content_type:
            request.add_header("Content-Type", content_type)
        try:
            with urllib.request.urlopen(request, timeout=REQUEST_SECONDS) as answer:
                return answer.status, answer.headers.get("Content-Type", ""), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, "", error.read()

    def json(self, path, parameters=None, body=None, content_type=None):
        """The decoded answer, or None if there is none."""
        status, _, content = self.get(path, parameters, body, content_type)
        return json.loads(content) if status == 200 else None

    def errors(self):
        """The errors in the server's log."""
        return [line for line in self._output().splitlines() if any(sign in line for sign in ERRORS)]

    def _output(self):
        self._log.seek(0)
        return self._log.read()

    def _find_url(self):
        for word in self._output().split():
            if word.startswith("http://127.0.0.1:"):
                self._url = word.rstrip("/")
                return True
        return False

    def _await_points(self):
        """Waits until all points of the listing are there, or none were added for a while."""
        expected = sum(min(tag["points"], SAMPLES["scalars"]) for _, tag in self._listing.tags("scalar"))
        pictures = {(run, tag["tag"]) for run, tag in self._listing.tags("image", "histogram", "audio", "text", "prCurve")}
        before, changed = None, time.monotonic()
        while time.monotonic() < changed + SETTLED_SECONDS:
            points = sum(
                len(self.json("/data/plugin/scalars/scalars", {"run": run, "tag": tag["tag"]}) or [])
                for run, tag in self._listing.tags("scalar"))
            tags = {
                (run, tag)
                for plugin in ("images", "histograms", "audio", "text", "pr_curves")
                for run, tags in (self.json(f"/data/plugin/{plugin}/tags") or {}).items() for tag in tags
            }
            if points >= expected and pictures <= tags:
                # The last events of the other kinds may still be missing.
                if (points, tags) == before:
                    return
            if (points, tags) != before:
                before, changed = (points, tags), time.monotonic()
            time.sleep(RELOAD_SECONDS)

    def _wait(self, what, condition):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise RuntimeError(f"TensorBoard ended before {what}:\n{self._output()}")
            try:
                if condition():
                    return
            except (OSError, ValueError):
                pass
            time.sleep(0.2)
        raise RuntimeError(f"{what}: not within {START_SECONDS} seconds\n{self._output()}")
