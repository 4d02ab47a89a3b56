import { bulletPoints, facts, tables } from "./markdown.ts";
import type { DatedReport } from "./report.ts";
import { losses, ratioTitle } from "./summary.ts";
import { digits, uniqueInOrder } from "./table.ts";

const PREFACE = `---
aside: false
---

# Benchmarks

How fast the packages are, compared with other programs that do the same work in the same run. This page is made from the results in
[bench/results](../bench/results) and is not edited by hand.

Ratios above 1 mean that Mixtura is faster. Only they can be compared: seconds are those of the machine named, and contenders take turns
so that anything that slows one round down slows all contenders. Every benchmark names what it counts, who is missing, and where Mixtura loses.

<!-- picture speed -->`;

const RERUN = `## Run it yourself

\`\`\`sh
npm run bench                                              # everything; hours on a small machine
npm run bench -- em-iteration --shape 1e5,16,16 --rounds 3 # one size
npm run bench -- --quick                                   # a smoke test
npm run bench -- --page                                    # this page, from the last results
npm run bench -- --help
\`\`\`

Other programs take part where they are installed, and are named as absent where they are not: scikit-learn in the Python that
\`MIXTURA_PYTHON\` names (else \`python3\`; \`pip install scikit-learn threadpoolctl\`), PyOD there too (\`pip install pyod\`), Armadillo with a C++ compiler
(Debian: \`g++\` and \`libarmadillo-dev\`), packages from npm in the folder that \`MIXTURA_NPM_PEERS\` names
(\`npm install expectation-maximization gaussian-mixture-model cholesky-tools\`).`;

/** The benchmark that everything else is compared with. */
const FIRST = "em-iteration";

/** The page of the docs, from the last results. */
export function benchmarkPage(reports: readonly DatedReport[], titles: ReadonlyMap<string, string>): string {
  const order = [FIRST, ...titles.keys()];
  const known = reports
    .filter(({ benchmark }) => titles.has(benchmark))
    .toSorted((a, b) => order.indexOf(a.benchmark) - order.indexOf(b.benchmark));
  return [PREFACE, RERUN, ...known.map((report) => section(report, titles.get(report.benchmark)!))].join("\n\n") + "\n";
}

function section(report: DatedReport, title: string): string {
  return [`## ${title}`, bulletPoints(facts(report)), lossesInWords(report), tables(report, "###")].join("\n\n");
}

function lossesInWords({ cases }: DatedReport): string {
  const compared = cases.filter(({ ratios }) => ratios.length > 0).length;
  if (compared === 0) return "Nothing to compare with took part.";
  const found = losses(cases);
  if (found.length === 0)
    return `**Where another program is faster:** nowhere in the ${compared === 1 ? "one case" : `${compared} cases`} compared.`;
  const lines = uniqueInOrder(found.map(({ ratio }) => ratioTitle(ratio))).map((title) => {
    const group = found.filter(({ ratio }) => ratioTitle(ratio) === title);
    return `${title}: ${group.map(({ where, ratio }) => `${where} (${digits(ratio.median)})`).join("; ")}`;
  });
  return `**Where another program is faster** (ratio below 1):\n\n${bulletPoints(lines)}`;
}
