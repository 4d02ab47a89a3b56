"""Makes the files of this folder with independent programs: gzip 1.12, zstd 1.5.4, openpyxl 3.1 (python3 make.py, beside data/faithful.csv)."""

import datetime as dt
import subprocess
from pathlib import Path

import openpyxl

here = Path(__file__).parent
table = here.parents[3] / "data" / "faithful.csv"
rows = table.read_text().splitlines()
(head, *lines) = rows
names = head.split(",")


def run(command: str, data: bytes) -> bytes:
    return subprocess.run(command.split(), input=data, stdout=subprocess.PIPE, check=True).stdout


def write(name: str, data: bytes) -> None:
    (here / name).write_bytes(data)


whole = ("\n".join(rows) + "\n").encode()
first = ("\n".join(rows[:100]) + "\n").encode()
second = ("\n".join(rows[100:]) + "\n").encode()
events = "".join("{" + ",".join(f'"{name}":{value}' for name, value in zip(names, line.split(","))) + "}\n" for line in lines).encode()
write("faithful.csv.gz", run("gzip -9nc", whole))
write("faithful.csv.zst", run("zstd -19 -c -", whole))
write("faithful.ndjson.gz", run("gzip -9nc", events))
write("faithful.ndjson.zst", run("zstd -c --no-check -", events))
# What `cat` makes of two compressed files is one text, too.
write("two-members.csv.gz", run("gzip -9nc", first) + run("gzip -9nc", second))
write("two-frames.csv.zst", run("zstd -19 -c -", first) + run("zstd -19 -c -", second))

book = openpyxl.Workbook()
measured = book.active
measured.title = "Measured"
measured.append(["id", "day", "share", "name", "amount", "ok", "at", None])
for i in range(12):
    measured.append(
        [
            1000 + i,
            dt.date(2024, 1, 1) + dt.timedelta(days=i),
            0.12 + 0.01 * i,
            f'a,"{i}"\nb' if i % 2 else f"c{i}",
            12.5 + i / 8,
            i % 3 == 0,
            dt.datetime(2024, 1, 1, 8, 30, i),
        ]
    )
    measured.cell(row=i + 2, column=2).number_format = "yyyy-mm-dd"
    measured.cell(row=i + 2, column=3).number_format = "0.0%"
eruptions = book.create_sheet("Old Faithful")
eruptions.append(names)
for line in lines[:40]:
    eruptions.append([float(value) for value in line.split(",")])
eruptions.cell(row=60, column=9).value = None
book.create_sheet("2").append(["x", "y"])
for i in range(6):
    book["2"].append([i * i, 3 - i])
book.properties.creator = "Mixtura"
book.properties.created = book.properties.modified = dt.datetime(2026, 11, 30)
book.save(here / "book.xlsx")
