import { greatestOf, leastOf } from "@mixtura/core/internal";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** "10⁶", "10⁻³". */
function powerOfTen(exponent: number): string {
  const digits = String(Math.abs(exponent)).replaceAll(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]!);
  return `10${exponent < 0 ? "⁻" : ""}${digits}`;
}

/** A number with a true minus sign and groups of three: "−12,345.60". */
function fixed(value: number, decimals: number): string {
  const [whole = "", fraction] = Math.abs(value)
    .toFixed(Math.min(100, Math.max(0, decimals)))
    .split(".");
  const grouped = whole.length > 4 ? whole.replaceAll(/\B(?=(\d{3})+$)/g, ",") : whole;
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** A number for people, with about three digits: "0.354", "1,230", "4.56×10⁻⁷". */
export function shortNumber(value: number, digits = 3): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "–";
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (exponent >= 6 || exponent < -3) {
    const [mantissa, power] = value.toExponential(digits - 1).split("e");
    return `${mantissa!.replace("-", "−")}×${powerOfTen(Number(power))}`;
  }
  return fixed(value, Math.max(0, digits - 1 - exponent));
}

/** Texts longer than this are shortened by leaving out what they share. */
const LONG = 7;

/**
 * Texts of equally spaced ticks. What would make them long, a power of ten or a large common part, goes into the note.
 *
 * @param scale a power of ten by which the values are yet to be multiplied
 */
export function tickTexts(values: readonly number[], scale: number): { readonly texts: readonly string[]; readonly note: string } {
  const size = greatestOf(values.map(Math.abs), 0);
  if (size === 0) return { texts: values.map(() => "0"), note: "" };
  const step = values.length > 1 ? Math.abs(values[1]! - values[0]!) : size;

  const common = sharedPart(values, step);
  const rests = values.map((value) => value - common);
  const largest = greatestOf(rests.map(Math.abs), step);
  const magnitude = Math.floor(Math.log10(largest) + 1e-9);
  const exponent = scale === 1 && magnitude < 6 && magnitude >= -3 ? 0 : 3 * Math.floor(magnitude / 3);
  const unit = 10 ** exponent;
  const decimals = Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9));
  const total = exponent + Math.round(Math.log10(scale));
  const multiple = total === 0 ? "" : `×${powerOfTen(total)}`;
  return { texts: rests.map((rest) => fixed(rest / unit, decimals)), note: `${multiple}${commonText(common, scale)}`.trim() };
}

/** " − 1.42903": what is to be added to every tick. */
function commonText(common: number, scale: number): string {
  if (common === 0) return "";
  const plain = Math.abs(common) * scale;
  const decimals = plain < 1e15 && plain > 1e-15 ? Math.max(0, 14 - Math.ceil(Math.log10(plain))) : 0;
  const text =
    decimals === 0
      ? shortNumber(plain, 12)
      : fixed(plain, decimals)
          .replace(/(\.\d*?)0+$/, "$1")
          .replace(/\.$/, "");
  return ` ${common < 0 ? "−" : "+"} ${text}`;
}

/** The large round part that all values share when their texts would be long; else 0. */
function sharedPart(values: readonly number[], step: number): number {
  const size = greatestOf(values.map(Math.abs));
  const digits = Math.floor(Math.log10(size) + 1e-9) - Math.floor(Math.log10(step) + 1e-9) + 1;
  if (digits < LONG - 1 || values.length < 2) return 0;
  const unit = 10 ** (Math.ceil(Math.log10(step * values.length) - 1e-9) + 0);
  const low = leastOf(values);
  return low === 0 ? 0 : Math.floor(low / unit) * unit;
}
