/** What a chart is held to, besides that its texts fit. */
export interface Expectation {
  /** Values that must stand where the axis up says, or be marked as cut off. */
  readonly values?: readonly number[];
  /** Whether the curves must look level. */
  readonly flat?: boolean;
  /** Whether numbers stand next to bars, and so may read the same. */
  readonly bars?: boolean;
}

/**
 * Faults of one chart as it is shown: texts on one another, out of the picture or twice on one axis; marks that no axis reaches and that nothing
 * tells of; values that stand where the axis does not say; a level curve that rises or falls. It runs in the page, so it may use nothing from here.
 */
export function chartFaults(svg: SVGSVGElement, { values = [], flat = false, bars = false }: Expectation): string[] {
  const faults: string[] = [];
  const frame = svg.getBoundingClientRect();
  const number = (text: string): number => Number(text.replaceAll("−", "-").replaceAll(",", ""));
  const texts = [...svg.querySelectorAll("text")]
    .map((element) => {
      const rect = element.getBoundingClientRect();
      const text = [...element.childNodes]
        .filter(({ nodeType }) => nodeType === 3)
        .map(({ nodeValue }) => nodeValue)
        .join("")
        .trim();
      return { element, text, rect, anchor: getComputedStyle(element).textAnchor };
    })
    .filter(({ text, rect }) => text !== "" && rect.width > 0);

  for (const { text, rect } of texts) {
    const over = Math.max(frame.left - rect.left, rect.right - frame.right, frame.top - rect.top, rect.bottom - frame.bottom);
    if (over > 1) faults.push(`“${text}” leaves the picture by ${over.toFixed(1)} px`);
  }
  texts.forEach((a, index) => {
    for (const b of texts.slice(index + 1)) {
      const across = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left);
      const up = Math.min(a.rect.bottom, b.rect.bottom) - Math.max(a.rect.top, b.rect.top);
      // A line of text is higher than its letters: a third of it may be shared.
      if (across > 1 && up > Math.min(a.rect.height, b.rect.height) / 3) faults.push(`“${a.text}” and “${b.text}” overlap`);
    }
  });

  const boxes = [...svg.querySelectorAll("clipPath rect")].map((rect) => {
    const [x = 0, y = 0, width = 0, height = 0] = ["x", "y", "width", "height"].map((name) => Number(rect.getAttribute(name)));
    const matrix = svg.getScreenCTM()!;
    const [from, to] = [new DOMPoint(x, y).matrixTransform(matrix), new DOMPoint(x + width, y + height).matrixTransform(matrix)];
    return { id: rect.parentElement!.id, left: from.x, top: from.y, right: to.x, bottom: to.y };
  });
  const panelOf = (place: number, from: "left" | "top", to: "right" | "bottom"): number =>
    boxes.findIndex((box) => place >= box[from] - 4 && place <= box[to] + 4);
  const ticks = texts.filter(({ text }) => /^[−\d][\d.,×⁻⁰¹²³⁴⁵⁶⁷⁸⁹e-]*$/.test(text));
  const seen = new Set<string>();
  for (const { text, rect, anchor } of ticks) {
    if (bars || anchor === "start") continue;
    const middle = { x: (rect.left + rect.right) / 2, y: (rect.top + rect.bottom) / 2 };
    const key =
      anchor === "end"
        ? `up ${Math.round(rect.right)} ${panelOf(middle.y, "top", "bottom")} ${text}`
        : `across ${Math.round(rect.top)} ${panelOf(middle.x, "left", "right")} ${text}`;
    if (seen.has(key)) faults.push(`“${text}” stands twice on one axis`);
    seen.add(key);
  }

  const marked = svg.querySelector("[data-beyond]") !== null;
  const all = `${svg.textContent} ${svg.getAttribute("aria-label") ?? ""} ${svg.parentElement?.textContent ?? ""}`;
  if (marked && !/cut off|outside|above|below|infinite/.test(all)) faults.push("an arrow without a word");
  const vertices: { x: number; y: number; curve: boolean }[] = [];
  for (const shape of svg.querySelectorAll<SVGGraphicsElement>("path, circle, ellipse, .candidate")) {
    if (shape.closest("clipPath, [data-beyond], .grid, .axis") !== null || shape.getAttribute("d") === "") continue;
    const rect = shape.getBoundingClientRect();
    const clip = shape.closest("[clip-path]")?.getAttribute("clip-path");
    const box = boxes.find(({ id }) => clip?.includes(`#${id})`)) ?? frame;
    const gone = rect.right < box.left - 1 || rect.left > box.right + 1 || rect.bottom < box.top - 1 || rect.top > box.bottom + 1;
    if (gone && !marked) faults.push(`a ${shape.localName} lies outside, and nothing tells of it`);
    // Marks are small; lines and areas are not.
    if (shape.matches("circle, .candidate") || Math.max(rect.width, rect.height) < 14)
      vertices.push({ x: (rect.left + rect.right) / 2, y: (rect.top + rect.bottom) / 2, curve: false });
    const d = shape.getAttribute("d") ?? "";
    if (shape.getAttribute("fill") !== "none" || !/^M[^HVhvacz]*$/i.test(d)) continue;
    const matrix = shape.getScreenCTM()!;
    for (const pair of d.split(/[ML]/).filter((part) => part !== "")) {
      const [x, y] = pair.split(" ").map(Number);
      const point = new DOMPoint(x, y).matrixTransform(matrix);
      vertices.push({ x: point.x, y: point.y, curve: true });
    }
  }

  const rights = new Map<number, typeof ticks>();
  for (const tick of ticks) {
    if (tick.anchor !== "end") continue;
    const right = Math.round(tick.rect.right);
    rights.set(right, [...(rights.get(right) ?? []), tick]);
  }
  const up = [...rights.values()].toSorted((a, b) => b.length - a.length)[0] ?? [];
  const note =
    texts
      .map(({ text }) => /\(((?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?\s*(?:[+−] [\d.,×⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)\)( →)?$/.exec(text)?.[1])
      .find((found) => found !== undefined) ?? "";
  const powers = (text: string): number =>
    Number(Array.from(text, (digit) => (digit === "⁻" ? "-" : String("⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit)))).join(""));
  const unit = powers(/^×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/.exec(note)?.[1] ?? "⁰");
  const shift = /([+−]) ([\d.,]+)/.exec(note);
  const offset = shift === null ? 0 : number(shift[2]!) * (shift[1] === "−" ? -1 : 1);
  if (values.length > 0 && up.length > 1) {
    const place = ({ rect }: (typeof up)[number]): number => (rect.top + rect.bottom) / 2;
    const [first, last] = [up[0]!, up.at(-1)!];
    // Divided in two steps: a power of ten such as 1e-320 is no whole double.
    const half = 10 ** Math.trunc(unit / 2);
    const rest = 10 ** (unit - Math.trunc(unit / 2));
    const slope = (place(last) - place(first)) / (number(last.text) - number(first.text));
    const wanted = (value: number): number => place(first) + ((value - offset) / half / rest - number(first.text)) * slope;
    // A label of the axis is as long as its last digit is sure: half of that in pixels, and 3 for the middle of a line of text.
    const digits = /\.(\d+)/.exec(first.text)?.[1]?.length ?? 0;
    const slack = 3 + Math.abs(slope) * 0.51 * 10 ** -digits * (first.text.includes("e") ? 1 : 0);
    for (const value of new Set(values)) {
      const y = wanted(value);
      if (!vertices.some((vertex) => Math.abs(vertex.y - y) <= slack) && !(marked && (y < frame.top + 40 || y > frame.bottom - 40)))
        faults.push(`${value} stands nowhere near its place on the axis, and nothing tells of it`);
    }
  }
  if (flat) {
    const levels = vertices.filter(({ curve }) => curve).map(({ y }) => y);
    const spread = Math.max(...levels) - Math.min(...levels);
    if (spread > 3) faults.push(`a level curve goes up and down by ${spread.toFixed(0)} px`);
  }
  return [...new Set(faults)];
}
