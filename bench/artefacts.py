"""One approved alert to every artefact: CAP, phone texts, SAME, signs, SMS, e-mail, posters, cards and more; en and es.

Run: `python bench/artefacts.py [--alerts 20]`. Each alert is another one (name, photo, area), so that nothing is
remembered from the last. Beside it: typst drawing one bare page with the same photo, PDF and PNG. Budget: 500 ms on the
clock of a quiet machine; the processor's own time is printed too, because a busy machine does not change it.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import typst
from measuring.figures import machine, spread, verdict

BUDGET_MS = 500.0
BARE = '#set page(paper: "us-letter")\n#image("photo.jpg", width: 50%)\n= MISSING\n#sys.inputs.name'
WARM_UP = 2


def alert(number: int) -> Any:
    """An alert about a child who does not exist, different for every number."""
    from allhands.alerts.contracts import AlertId, TransmissionId
    from allhands.channels.tests.messages import a_message, drawn_photo

    message = a_message()
    photo = drawn_photo()
    photo = replace(photo, jpeg=photo.jpeg + number.to_bytes(4, "big"))  # another file, the same drawing
    texts = {one: replace(text, name=f"Maya{number}") for one, text in message.texts.items()}
    return replace(
        message,
        transmission_id=TransmissionId(f"t{number:015d}"),
        alert_id=AlertId(f"a{number:015d}"),
        identifier=f"ah-{number}",
        texts=texts,
        photo=photo,
    )


def measure(work: Callable[[int], int], numbers: range) -> tuple[list[float], float, int]:
    """Seconds of each on the clock, seconds of the processor for one, bytes made by the last."""
    for number in numbers[:WARM_UP]:
        work(number)
    timed = numbers[WARM_UP:]
    seconds, made, busy = [], 0, time.process_time()
    for number in timed:
        started = time.perf_counter()
        made = work(number)
        seconds.append(time.perf_counter() - started)
    return seconds, (time.process_time() - busy) / len(timed), made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--alerts", type=int, default=20)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allhands.config.settings")
    import django

    django.setup()
    from allhands.channels.contracts import Way
    from allhands.channels.registry import ROOMS

    spent: Counter[str] = Counter()

    def everything(number: int) -> int:
        message, size = alert(number), 0
        for way in Way:
            started = time.perf_counter()
            size += sum(len(one.content) for one in ROOMS[way].assemble(message))
            spent[way.value] += round((time.perf_counter() - started) * 1e6)
        return size

    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        (room / "bare.typ").write_text(BARE)
        (room / "photo.jpg").write_bytes(alert(0).photo.jpeg)

        def bare(number: int) -> int:
            compiler = typst.Compiler(room / "bare.typ", root=room)
            inputs = {"name": f"Maya{number}"}
            drawn = [compiler.compile(format=form, sys_inputs=inputs, ppi=108) for form in ("pdf", "png")]
            return sum(len(one if isinstance(one, bytes) else (one or [b""])[0]) for one in drawn)

        print(f"measured {machine()}")
        floor, floor_busy, _ = measure(bare, range(given.alerts + WARM_UP))
        spent.clear()
        house, busy, size = measure(everything, range(1000, 1000 + given.alerts + WARM_UP))
    ours, theirs = spread(house), spread(floor)
    print(f"every artefact     {ours}   processor {busy * 1e3:.0f} ms   {size / 1024:.0f} KiB")
    print(f"one bare page      {theirs}   processor {floor_busy * 1e3:.0f} ms   (PDF and PNG)")
    print(f"ratio              p50 {ours.p50 / theirs.p50:.1f} x, processor {busy / floor_busy:.1f} x")
    print(f"p50 is {verdict(ours.p50, BUDGET_MS, 'ms')}; p95 is {verdict(ours.p95, BUDGET_MS, 'ms')}")
    print(f"processor is {verdict(busy * 1e3, BUDGET_MS, 'ms')}")
    for way, total in spent.most_common():
        print(f"  {way:10} {total / 1e3 / (given.alerts + WARM_UP):8.1f} ms")


if __name__ == "__main__":
    main()
