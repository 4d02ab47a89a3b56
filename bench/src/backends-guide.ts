import type { BackendName } from "@mixtura/backends";
import { knownBackends } from "@mixtura/backends";
import { grouped } from "@mixtura/wording/internal";
import { median } from "./ratio.ts";
import type { CaseReport, DatedReport } from "./report.ts";
import { digits, table } from "./table.ts";

/** What a backend is called in the benchmark, where that is not its name; the table says how many threads. */
const MEASURED: Readonly<Partial<Record<BackendName, { readonly contender: string; readonly title: string }>>> = {
  wasm: { contender: "wasm 2T", title: "`wasm`, 2 threads" },
  "wasm-one-thread": { contender: "wasm 1T", title: "`wasm-one-thread`" },
};

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
  const rows = knownBackends.map(({ name, precision, where }) => {
    const { contender, title } = MEASURED[name] ?? { contender: name, title: `\`${name}\`` };
    const times = cases.map((one) => (software.has(contender) ? "not measured" : timeOf(one, contender)));
    return [title, precision, offBy(cases, contender), ...times, where];
  });
  const conditions = `Milliseconds per iteration of EM with full covariances on ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`;
  const devices = software.size === 0 ? "" : `; no graphics device was at hand, so the engines on one were only checked for their numbers`;
  return `${table(heads, 3, rows)}\n\n${conditions}${devices}. Differences are relative, from the reference backend after the same number of iterations.`;
}

function sizeOf({ labels }: CaseReport): string {
  return `${grouped(Number(labels["n"]))} rows, ${labels["d"]} features, ${labels["k"]} components`;
}

function timeOf({ series }: CaseReport, contender: string): string {
  const found = series.find((one) => one.contender === contender);
  return found === undefined ? "–" : digits(median(found.seconds) * 1e3);
}

/** The larger of the differences in all cases. */
function offBy(cases: readonly CaseReport[], contender: string): string {
  const found = cases.flatMap(({ remarks }) => remarks[`${contender}, difference`] ?? []).map(Number);
  if (found.length === 0) return "–";
  const most = Math.max(...found);
  return most === 0 ? "0" : most.toExponential(0);
}
