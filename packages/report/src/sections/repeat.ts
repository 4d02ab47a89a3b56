import { isIterative } from "@mixtura/core";
import type { ReportFacts } from "../facts.ts";
import type { Markup } from "../html/markup.ts";
import { html, NOTHING } from "../html/markup.ts";
import { pageFooter, recipeList } from "../html/page.ts";

/** How to come to the same result again, and how to use it. */
export function repeatSection({ outcome, recipes = [], otherRows, createdAt }: ReportFacts): Markup {
  const { model, seed } = outcome;
  const { form, nComponents, trace } = model;
  const options = {
    nComponents,
    ...form?.options,
    ...(isIterative(trace) && trace.starts === undefined && trace.restarts.length > 0 ? { nInit: trace.restarts.length } : {}),
    randomState: seed,
  };
  const code = [
    `const model = await new ${model.type}({`,
    `  ${Object.entries(options)
      .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
      .join(", ")},`,
    `}).fit(X);`,
  ].join("\n");
  return html`<section id="repeat">
      <h2>Repeat and use it</h2>
      ${otherRows === true ? NOTHING : html`<p>The same data, the same options and the seed ${seed} give the same result again.</p>`}${recipeList(
        [
          ...recipes,
          ...(otherRows === true ? [] : [{ caption: "The chosen model in TypeScript, where no other options were changed", text: code }]),
        ],
      )}
    </section>
    ${pageFooter(createdAt)}`;
}
