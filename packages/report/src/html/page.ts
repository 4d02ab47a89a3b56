import type { Markup } from "./markup.ts";
import { html, Markup as Raw } from "./markup.ts";
import { STYLE } from "./style.ts";

/** A whole page that loads nothing and runs nothing, and whose own content policy forbids both. */
export function htmlPage(title: string, body: Markup): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          ${new Raw(STYLE)}
        </style>
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `;
  return page.text;
}

/** Command lines or code, each with what it does. */
export function recipeList(recipes: readonly { readonly caption: string; readonly text: string }[]): Markup {
  return html`${recipes.map(
    ({ caption, text }) =>
      html`<p>${caption}:</p>
        <pre><code>${text}</code></pre>`,
  )}`;
}

/** What the page is made with. */
export function pageFooter(createdAt: string | undefined): Markup {
  return html`<footer>
    Made with Mixtura${createdAt === undefined ? "" : `, ${createdAt}`}. This page is one file: it loads nothing and runs no scripts.
  </footer>`;
}
