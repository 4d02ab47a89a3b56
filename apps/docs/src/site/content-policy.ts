import { createHash } from "node:crypto";

/** The one style sheet that is written by a script, word for word: it keeps colours from fading while the ground is switched. */
const SWITCH = "sha256-skqujXORqzxt1aE0NNXxujEanPTX6raoqSscTV/Ww/Y=";

/**
 * Puts the page's content policy into its head. Scripts come from the site itself; the two short ones that VitePress writes into each page are
 * named by their hashes. Nothing is fetched from anywhere else. Style attributes remain allowed: mathematics and coloured code are made of them.
 */
export function contentPolicy(html: string): string {
  const hashes = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, code = ""]) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`,
  );
  const directives = [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${[...new Set(hashes)].join(" ")}`.trim(),
    `style-src 'self' '${SWITCH}'`,
    "style-src-attr 'unsafe-inline'",
    "worker-src 'self' blob:",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return html.replace(/<head>/, `<head>\n    <meta http-equiv="Content-Security-Policy" content="${directives.join("; ")}">`);
}
