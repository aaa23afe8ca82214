"""Known vulnerabilities of what the lock file names. Fails for a finding; says so where nobody could be asked."""

import json
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"


def main() -> int:
    """Return 1 if a package has a known vulnerability."""
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "-r",
        str(LOCK),
        "--disable-pip",
        "--require-hashes",
        "-f",
        "json",
    ]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    try:
        found = json.loads(ran.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(f"dependency audit: could not be done ({ran.stderr.strip().splitlines()[-1:] or 'no answer'})")
        return 0
    asked = [one for one in found if "vulns" in one]
    wrong = [one for one in asked if one["vulns"]]
    for one in wrong:
        print(f"dependency audit: {one['name']} {one['version']}: {', '.join(v['id'] for v in one['vulns'])}")
    print(
        f"dependency audit: {len(asked)} of {len(found)} packages could be asked about, {len(wrong)} with findings"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
