"""Looking places up: the first time, then each time, beside a plain scan of all shapes.

Run: `python bench/geo.py`. The scan asks every county's shape whether it holds the point, one after the other, and
finds neither neighbours nor tribal areas nor time zones: it is what a program without an index costs.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

import shapely

from allhands.geo import area as areas
from allhands.geo import layers, locate, outlines
from allhands.geo.nations import find_nation

POINTS = 400
SCANNED = 20
SEED = 20261129
_FIRST = (
    "import time,json;s=time.process_time();from allhands.geo import locate;i=time.process_time();"
    "locate.at_point(46.8,-100.8);p=time.process_time();locate.by_text('navaho nation');t=time.process_time();"
    "print(json.dumps([i-s,p-i,t-p]))"
)


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def scan(point: shapely.Geometry) -> list[str]:
    layer = layers.county_layer()
    return [code for code, shape in zip(layer.codes, layer.geometries, strict=True) if shape.intersects(point)]


def main() -> None:
    fresh = subprocess.run([sys.executable, "-c", _FIRST], capture_output=True, text=True, check=True)
    imported, first, words = json.loads(fresh.stdout)
    print(f"import                       {imported * 1e3:9.1f} ms")
    print(f"first point (reads shapes)   {first * 1e3:9.1f} ms")
    print(f"first words (reads names)    {words * 1e3:9.1f} ms")
    chance = random.Random(SEED)
    shapes = chance.sample(list(layers.county_layer().geometries), POINTS)
    spots = [(at.y, at.x) for at in map(shapely.point_on_surface, shapes)]
    locate.at_point(*spots[0])
    looked = sorted(seconds(partial(locate.at_point, *at)) for at in spots)
    p50, p95 = statistics.median(looked), looked[int(0.95 * len(looked))]
    scanned = statistics.median(seconds(partial(scan, shapely.Point(at[1], at[0]))) for at in spots[:SCANNED])
    print(f"a point, all candidates      {p50 * 1e3:9.2f} ms   p95 {p95 * 1e3:.2f} ms   ({POINTS} points)")
    print(f"plain scan, county only      {scanned * 1e3:9.2f} ms   ratio scan / point {scanned / p50:.1f}")
    for query in ("58316", "rolette county nd", "turtel mountian chipewa"):
        locate.by_text(query)
        each = min(seconds(partial(locate.by_text, query)) for _ in range(20))
        print(f"words: {query:<22}{each * 1e3:9.2f} ms")
    _areas()


def _areas() -> None:
    nation = find_nation("navajo")
    assert nation is not None
    named = {
        "Rolette County": areas.of_counties("38079"),
        "Texas": areas.of_state("TX"),
        "Turtle Mountain land": areas.of_tribal_areas("4345R", "4345T"),
        "Navajo land": areas.of_nation(nation),
    }
    for name, area in named.items():
        took = seconds(partial(areas.simplify, area, areas.IPAWS))
        simple = areas.simplify(area, areas.IPAWS)
        reached = seconds(partial(areas.reach, area))
        print(
            f"{name:<21} {areas.area_km2(area.shape):10,.0f} km2  to 99 points {took * 1e3:7.0f} ms"
            f"  over {simple.overshoot_km2:9,.1f} km2 {simple.overshoot_m:7,.0f} m  missed {simple.missed_km2:.4f} km2"
            f"  line +-{simple.line_error_m} m  reach {reached * 1e3:5.0f} ms"
        )
    print(f"map of the country, first    {seconds(outlines.us_map) * 1e3:9.0f} ms")


if __name__ == "__main__":
    main()
