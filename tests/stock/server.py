"""A stock TensorBoard on a free local port, for the duration of a with block."""

import json
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
FAST = {"python": "false", "rust": "true"}


class TensorBoard:
    """Starts the server, waits until it has loaded the runs, and stops it."""

    def __init__(self, command, logdir, reader, runs):
        self._log = tempfile.TemporaryFile(mode="w+")
        self._runs = set(runs)
        self._url = None
        arguments = [
            "--logdir", logdir, "--host", "127.0.0.1", "--port", "0", f"--load_fast={FAST[reader]}",
            "--reload_interval", "1", "--samples_per_plugin", "scalars=1000000",
        ]
        self._process = subprocess.Popen(
            shlex.split(command) + arguments, stdout=self._log, stderr=subprocess.STDOUT, start_new_session=True)

    def __enter__(self):
        try:
            self._wait("the server answers", self._find_url)
            self._wait("all runs are loaded", lambda: self._runs <= set(self.json("/data/runs") or []))
            # TensorBoard lists runs before it has read their last events.
            self._wait("the tags stay the same", self._is_settled)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for kind in (signal.SIGTERM, signal.SIGKILL):
            if self._process.poll() is None:
                self._process.send_signal(kind)
                try:
                    self._process.wait(10)
                except subprocess.TimeoutExpired:
                    pass
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
        return [line for line in self._output().splitlines() if "Traceback" in line or " Internal Server Error" in line]

    def _output(self):
        self._log.seek(0)
        return self._log.read()

    def _find_url(self):
        for word in self._output().split():
            if word.startswith("http://127.0.0.1:"):
                self._url = word.rstrip("/")
                return True
        return False

    def _is_settled(self):
        def state():
            return [self.get(f"/data/plugin/{name}/tags")[2] for name in ("scalars", "images", "text")]

        before = state()
        time.sleep(1.5)
        return before == state()

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
