/** Attributes of an element; those that are `undefined` are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Text as it stands in XML. Characters that XML 1.0 forbids become U+FFFD. */
export function escapeText(text: string): string {
  return text
    .replaceAll(/\p{Surrogate}/gu, "\uFFFD")
    .replaceAll(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Far outside of every picture; keeps absurd coordinates from becoming long numbers that renderers refuse. */
const FAR = 1e5;

/** A coordinate in pixels with at most two decimals. */
export function px(value: number): string {
  const rounded = Math.round(Math.max(-FAR, Math.min(FAR, value)) * 100) / 100;
  return String(rounded === 0 ? 0 : rounded);
}

/** A coordinate with one decimal: enough for a curve. */
export function tenth(value: number): string {
  return px(Math.round(value * 10) / 10);
}

/** One element: numbers among its attributes are pixels, `content` is already XML. */
export function element(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? px(value) : escapeText(value!)}"`)
    .join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** A group, or nothing when it would be empty. */
export function group(attributes: Attributes, content: string): string {
  return content === "" ? "" : element("g", attributes, content);
}
