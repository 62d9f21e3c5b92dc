"""Prints the row of README.md for a report of Stryker, and the changes that no test found."""

import json
import os
import sys

FOUND = ("Killed", "Timeout")
NOT_FOUND = ("Survived", "NoCoverage")


def main():
    folder, report = sys.argv[1:]
    with open(report, encoding="utf-8") as file:
        files = json.load(file)["files"]
    equivalent = read_equivalent()
    found, missed, alike = 0, [], 0
    for path, content in sorted(files.items()):
        name, lines = os.path.basename(path), content["source"].splitlines()
        for mutant in content["mutants"]:
            if mutant["status"] in FOUND:
                found += 1
            elif mutant["status"] in NOT_FOUND:
                start = mutant["location"]["start"]["line"]
                line = lines[start - 1].strip()
                replacement = " ".join(mutant.get("replacement", "").split())
                if (name, line, replacement) in equivalent:
                    alike += 1
                else:
                    missed.append(f"{name}:{start}: {line} → {replacement or '(removed)'}")
    changes = found + len(missed)
    print(f"| `{folder}` | {changes} | {found} | {alike} | {100 * found / changes:.0f}% |")
    for line in missed:
        print("  " + line, file=sys.stderr)


def read_equivalent():
    """Changes that do not change what the code does: FILE, TAB, the line, TAB, the replacement; comments with #."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "equivalent.txt")
    with open(path, encoding="utf-8") as file:
        return {tuple(line.rstrip("\n").split("\t")) for line in file if line.strip() and not line.startswith("#")}


if __name__ == "__main__":
    main()
