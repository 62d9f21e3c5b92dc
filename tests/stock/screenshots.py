"""Screenshots of every active dashboard, taken with headless Chromium or Chrome."""

import os
import shutil
import subprocess
import tempfile

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PAGE_SECONDS = 120


def take(server, folder):
    """Writes a PNG for each active dashboard and returns the names of those that are empty."""
    browser = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if browser is None:
        return ["no Chromium or Chrome is installed"]
    os.makedirs(folder, exist_ok=True)
    listing = server.json("/data/plugins_listing") or {}
    failed = []
    for name in sorted(plugin for plugin, about in listing.items() if about["enabled"]):
        picture = os.path.join(folder, f"{name}.png")
        with tempfile.TemporaryDirectory() as profile:
            subprocess.run(
                [
                    browser, "--headless=new", "--no-sandbox", "--hide-scrollbars", "--use-gl=angle",
                    "--use-angle=swiftshader", "--enable-unsafe-swiftshader", f"--user-data-dir={profile}",
                    "--window-size=1500,1400", "--virtual-time-budget=20000", f"--screenshot={picture}",
                    f"{server.url}/#{name}",
                ],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PAGE_SECONDS, check=False)
        if not os.path.exists(picture) or os.path.getsize(picture) < 10_000:
            failed.append(name)
    return failed
