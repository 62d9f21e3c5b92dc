"""Answers of a server, recorded so that the check itself can be tested without TensorBoard."""

import base64
import gzip
import json
import urllib.parse


class Recorder:
    """Passes requests on to a server and keeps the answers."""

    def __init__(self, server):
        self._server = server
        self._answers = {}

    def get(self, path, parameters=None, body=None, content_type=None):
        answer = self._server.get(path, parameters, body, content_type)
        self._answers[_key(path, parameters, body)] = answer
        return answer

    def json(self, path, parameters=None, body=None, content_type=None):
        return _json(self.get(path, parameters, body, content_type))

    def save(self, file):
        answers = {key: [status, kind, base64.b64encode(content).decode()] for key, (status, kind, content) in self._answers.items()}
        with gzip.GzipFile(file, "w", mtime=0) as output:
            output.write(json.dumps(answers, sort_keys=True).encode())


class RecordedServer:
    """Answers as a server did. `change` maps (path, content) to other content."""

    def __init__(self, file, change=lambda path, content: content):
        with gzip.open(file) as recorded:
            self._answers = json.load(recorded)
        self._change = change

    def get(self, path, parameters=None, body=None, content_type=None):
        if _key(path, parameters, body) not in self._answers:
            return 404, "", b""
        status, kind, content = self._answers[_key(path, parameters, body)]
        return status, kind, self._change(path.partition("?")[0], base64.b64decode(content))

    def json(self, path, parameters=None, body=None, content_type=None):
        return _json(self.get(path, parameters, body, content_type))


def _key(path, parameters, body):
    query = urllib.parse.urlencode(parameters, doseq=True) if parameters else ""
    return f"{path}?{query}" + (f" {body.decode()}" if body else "")


def _json(answer):
    status, _, content = answer
    return json.loads(content) if status == 200 else None
