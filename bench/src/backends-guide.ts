import { median } from "./ratio.ts";
import type { CaseReport, DatedReport } from "./report.ts";
import { digits, table } from "./table.ts";

/** What a reader should know of a backend beside its figures. */
interface Facts {
  readonly contender: string;
  readonly title: string;
  readonly precision: string;
  readonly runs: string;
}

/** The backends in the order of the table. */
const BACKENDS: readonly Facts[] = [
  { contender: "wasm 2T", title: "`wasm`, 2 threads", precision: "float64", runs: "Node, Deno, Bun; isolated pages" },
  {
    contender: "wasm 1T",
    title: "`wasm`, 1 thread",
    precision: "float64",
    runs: "every page, worker and edge runtime with WebAssembly SIMD",
  },
  { contender: "reference", title: "`reference`", precision: "float64", runs: "everywhere" },
  {
    contender: "tfjs-node",
    title: "`tfjs-node`",
    precision: "float32",
    runs: "Node on x64 and Apple silicon; `tfjs-node-gpu` with CUDA on Linux",
  },
  { contender: "tfjs-wasm", title: "`tfjs-wasm`", precision: "float32", runs: "pages; Node, on one thread" },
  { contender: "tfjs-webgpu", title: "`tfjs-webgpu`", precision: "float32", runs: "pages with WebGPU" },
  { contender: "tfjs-webgl", title: "`tfjs-webgl`", precision: "float32", runs: "pages with WebGL 2 in full precision" },
  { contender: "ml-matrix", title: "`ml-matrix`", precision: "float64", runs: "everywhere" },
  { contender: "tfjs-cpu", title: "`tfjs-cpu`", precision: "float32", runs: "everywhere" },
];

/** Contenders whose device was software: their times say nothing. */
const SOFTWARE = /^(tfjs-web\w+) in Chromium on .*in software/;

const BEGIN = "<!-- made by npm run bench -- --page, from bench/results/backends.json -->";
const END = "<!-- end -->";

/** A page with the table of backends renewed between its marks. */
export function withBackendTable(page: string, report: DatedReport): string {
  const [start, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (start === -1 || end < start) throw new Error(`The page has no place for the table: it lies between ${BEGIN} and ${END}.`);
  return `${page.slice(0, start)}${BEGIN}\n\n${backendTable(report)}\n\n${page.slice(end)}`;
}

function backendTable({ cases, about, machine }: DatedReport): string {
  const software = new Set(about.flatMap((sentence) => SOFTWARE.exec(sentence)?.[1] ?? []));
  const heads = ["backend", "precision", "log-likelihood off by", ...cases.map(sizeOf), "runs in"];
  const rows = BACKENDS.map(({ contender, title, precision, runs }) => [
    title,
    precision,
    offBy(cases, contender),
    ...cases.map((one) => (software.has(contender) ? "not measured" : timeOf(one, contender))),
    runs,
  ]);
  const where = `Milliseconds per iteration of EM with full covariances on ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`;
  const devices = software.size === 0 ? "" : `; no graphics device was at hand, so the engines on one were only checked for their numbers`;
  return `${table(heads, 3, rows)}\n\n${where}${devices}. Differences are relative, from the reference backend after as many maps.`;
}

function sizeOf({ labels }: CaseReport): string {
  return `${grouped(labels["n"]!)} rows, ${labels["d"]} features, ${labels["k"]} components`;
}

function timeOf({ series }: CaseReport, contender: string): string {
  const found = series.find((one) => one.contender === contender);
  return found === undefined ? "–" : digits(median(found.seconds) * 1e3);
}

/** "100,000" */
function grouped(count: string): string {
  return Number(count).toLocaleString("en");
}

/** The larger of the differences in all cases. */
function offBy(cases: readonly CaseReport[], contender: string): string {
  const found = cases.flatMap(({ remarks }) => remarks[`${contender}, difference`] ?? []).map(Number);
  if (found.length === 0) return "–";
  const most = Math.max(...found);
  return most === 0 ? "0" : most.toExponential(0);
}
