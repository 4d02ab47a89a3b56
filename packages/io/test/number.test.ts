import { createRandom } from "@mixtura/core/authoring";
import { readCSV } from "../src/index.ts";
import { expect, it } from "vitest";

const read = async (texts: readonly string[]): Promise<Float64Array> => (await readCSV(`x\n${texts.join("\n")}\n`)).X.data;

it("reads every number to the double that JavaScript itself reads", async () => {
  const random = createRandom(5);
  const bits = new DataView(new ArrayBuffer(8));
  const texts: string[] = [];
  for (let round = 0; round < 20_000; round++) {
    bits.setUint32(0, random.integer(2 ** 32));
    bits.setUint32(4, random.integer(2 ** 32));
    if (Number.isFinite(bits.getFloat64(0))) texts.push(String(bits.getFloat64(0))); // all magnitudes
    texts.push(String(random.normal() * 10 ** (random.integer(30) - 15))); // 16 to 17 digits
    const digits = Array.from({ length: 14 + random.integer(8) }, () => random.integer(10)).join("");
    const point = random.integer(digits.length + 1);
    texts.push(`${digits.slice(0, point)}.${digits.slice(point)}`, `-${digits}e${random.integer(60) - 30}`);
    const odd = BigInt(Math.floor(random.uniform() * 2 ** 53)) + 2n ** 53n;
    texts.push(String(2n * odd + 1n)); // just between two doubles: rounds to even
  }

  const numbers = await read(texts);

  const wrong = texts.filter((text, index) => !Object.is(numbers[index], Number(text)));
  expect(wrong).toEqual([]);
});

it.each([
  "0",
  "-0",
  "+1",
  ".5",
  "5.",
  "1e5",
  "1E-5",
  "1e+05",
  "-.5e1",
  "00012",
  "1e-400",
  "9007199254740993",
  "1e22",
  "1e23",
  "123456789012345678901234567890",
])("reads %s", async (text) => {
  expect(await read([text])).toStrictEqual(Float64Array.of(Number(text)));
});

it.each([".", "-", "+", "e5", "1e", "1e+", "0x10", "1_000", "--1", "1.2.3", "1e5.5", "1f", "1 00", "١"])(
  "takes %s for text",
  async (text) => {
    await expect(read(["1", text])).rejects.toMatchObject({ code: "not-finite" });
  },
);
