// Reads one million rows of five numbers from a file: ours against splitting lines by hand and, where they are installed, other parsers.
// Usage: node bench/csv.ts [rounds]. The file is made from a seed in the system's folder for temporary files.
import { createReadStream, existsSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom } from "@mixtura/core/authoring";
import { csvBlocks, readCSVFile } from "@mixtura/io/node";

const ROWS = 1_000_000;
const COLUMNS = 5;
const SEED = 20261122;
const rounds = Number(process.argv[2] ?? 3);

function makeFile(name: string, text: (value: number) => string): string {
  const path = join(tmpdir(), `mixtura-csv-${SEED}-${name}.csv`);
  if (existsSync(path)) return path;
  const random = createRandom(SEED);
  const lines = ["a,b,c,d,e"];
  for (let row = 0; row < ROWS; row++) {
    lines.push(Array.from({ length: COLUMNS }, (_, column) => text(random.normal() * 10 ** (column - 1))).join(","));
  }
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

/** Numbers in a typed array that grows. */
function sink(): { push(row: readonly string[]): void; readonly numbers: Float64Array } {
  let numbers = new Float64Array(2 ** 16);
  let length = 0;
  return {
    push(row) {
      if (length + COLUMNS > numbers.length) {
        const grown = new Float64Array(2 * numbers.length);
        grown.set(numbers);
        numbers = grown;
      }
      for (let column = 0; column < COLUMNS; column++) numbers[length++] = Number(row[column]);
    },
    get numbers() {
      return numbers.subarray(0, length);
    },
  };
}

type Reader = (path: string) => Promise<Float64Array | number>;
const readText = (path: string): AsyncIterable<string> => createReadStream(path, { encoding: "utf8", highWaterMark: 2 ** 18 });

const readers: Record<string, Reader> = {
  readCSVFile: async (path) => (await readCSVFile(path)).X.data,
  "csvBlocks, one walk": async (path) => {
    let rows = 0;
    for await (const { X } of (await csvBlocks(path)).blocks({})) rows += X.rows;
    return rows * COLUMNS;
  },
  "split by hand": async (path) => {
    let carry = "";
    let first = true;
    const numbers = sink();
    for await (const piece of readText(path)) {
      const lines = (carry + piece).split("\n");
      carry = lines.pop()!;
      for (const line of lines) {
        if (first) first = false;
        else numbers.push(line.split(","));
      }
    }
    return numbers.numbers;
  },
};

/** Other parsers are not dependencies: absent ones are named as absent. */
async function addPeer<Module>(name: string, reader: (module: Module) => Reader): Promise<void> {
  try {
    readers[name] = reader((await import(name)) as Module);
  } catch {
    console.log(`${name}: not installed`);
  }
}

interface UDSV {
  inferSchema: (text: string) => object;
  initParser: (schema: object) => {
    chunk(text: string, parse: unknown, onRow: (row: string[]) => void): void;
    end(): void;
    stringArrs: unknown;
  };
}
await addPeer<UDSV>("udsv", ({ inferSchema, initParser }) => async (path) => {
  const numbers = sink();
  let parser: ReturnType<UDSV["initParser"]> | undefined;
  for await (const piece of readText(path)) {
    parser ??= initParser(inferSchema(piece));
    parser.chunk(piece, parser.stringArrs, (row) => numbers.push(row));
  }
  parser?.end();
  return numbers.numbers;
});

interface Papa {
  default: { parse(stream: unknown, options: { skipEmptyLines: boolean; step(result: { data: string[] }): void; complete(): void }): void };
}
await addPeer<Papa>("papaparse", ({ default: papa }) => (path) => {
  const numbers = sink();
  let first = true;
  return new Promise((resolve) => {
    papa.parse(readText(path), {
      skipEmptyLines: true,
      step: ({ data }) => {
        if (first) first = false;
        else numbers.push(data);
      },
      complete: () => resolve(numbers.numbers),
    });
  });
});

console.log(
  `${ROWS} rows × ${COLUMNS} columns, seed ${SEED}, Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}, ${rounds} rounds in turn`,
);
const files = { "4 decimals": makeFile("short", (value) => value.toFixed(4)), "all digits": makeFile("full", String) };
for (const [label, path] of Object.entries(files)) {
  const times = new Map<string, number[]>(Object.keys(readers).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, read] of Object.entries(readers)) {
      const start = performance.now();
      const result = await read(path);
      times.get(name)!.push(performance.now() - start);
      const count = typeof result === "number" ? result : result.length;
      if (count !== ROWS * COLUMNS) throw new Error(`${name} read ${count} numbers`);
    }
  }
  const median = (name: string): number => times.get(name)!.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!;
  for (const name of times.keys()) {
    const rate = statSync(path).size / 1e3 / median(name);
    console.log(
      `${label.padEnd(10)}  ${name.padEnd(20)} ${median(name).toFixed(0).padStart(6)} ms ${rate.toFixed(0).padStart(5)} MB/s  ×${(median(name) / median("readCSVFile")).toFixed(2)}`,
    );
  }
}
