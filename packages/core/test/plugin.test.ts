import { checkPlugins } from "../src/internal.ts";
import { loadModel } from "../src/index.ts";
import { describe, expect, it } from "vitest";
import { normalBox as sound } from "./normal-box.ts";

const declaration = sound.options["contamination"]!;

/** A sound plugin with other fields, as a module of unknown origin might export it. */
function changed(fields: Readonly<Record<string, unknown>>): unknown {
  return { ...sound, ...fields };
}

describe("a list of plugins", () => {
  it("that is sound comes back as it is, also when a plugin is listed twice or declares no option", () => {
    const list = [sound, sound, { ...sound, type: "Other", options: {} }];

    expect(checkPlugins(list)).toBe(list);
  });

  it.each<[string, unknown, string, string, RegExp]>([
    ["no list", { plugins: [] }, "invalid-option", "plugins", /^"plugins" must be a list of plugins, found \{ plugins \}/],
    ["nothing", undefined, "invalid-option", "plugins", /found undefined/],
    ["something else in it", [sound, "median"], "invalid-option", "plugins[1]", /^plugins\[1\]: it is no object, but "median"\.$/],
    ["a missing type", [changed({ type: undefined })], "invalid-option", "plugins[0].type", /such as "GaussianMixture", found undefined/],
    ["a missing summary", [changed({ summary: undefined })], "invalid-option", "plugins[0].summary", /"NormalBox": its summary/],
    ["capabilities that are no list", [changed({ capabilities: "density" })], "invalid-option", "plugins[0].capabilities", /\["density"\]/],
    [
      "a missing create",
      [changed({ create: undefined })],
      "invalid-option",
      "plugins[0].create",
      /"NormalBox": it lacks the method create/,
    ],
    ["a missing revive", [changed({ revive: 3 })], "invalid-option", "plugins[0].revive", /lacks the method revive, found 3/],
    ["options that are no declarations", [changed({ options: ["width"] })], "invalid-option", "plugins[0].options", /declarations by name/],
    [
      "a declaration that is a bare default",
      [changed({ options: { width: 3 } })],
      "invalid-option",
      "plugins[0].options.width",
      /"width" must be \{ range/,
    ],
    [
      "a schema in place of a range",
      [changed({ options: { width: { schema: { type: "number" }, description: "A width." } } })],
      "invalid-option",
      "plugins[0].options.width",
      /"NormalBox".*"width" has a range that cannot be read, found undefined\. Declare it as data, such as \{ kind: "number", minimum: 0 \}\.$/,
    ],
    ...[
      3,
      { kind: "real" },
      { kind: "toString" },
      { kind: "number", minimum: "0" },
      { kind: "choice" },
      { kind: "choice", choices: [] },
      { kind: "choice", choices: [1] },
      { kind: "list" },
      { kind: "list", items: { kind: "text" }, minimumItems: "1" },
      { kind: "object", fields: { width: 3 } },
      { kind: "either", alternatives: [{ kind: "number" }, {}] },
      { kind: "other", words: 3 },
      { kind: "other", accepts: "all" },
    ].map((range): [string, unknown, string, string, RegExp] => [
      `the range ${JSON.stringify(range)}`,
      [changed({ options: { width: { ...declaration, default: undefined, range } } })],
      "invalid-option",
      "plugins[0].options.width",
      /"NormalBox".*"width" has a range that cannot be read, found/,
    ]),
    [
      "a declaration without a description",
      [changed({ options: { width: { range: { kind: "number" } } } })],
      "invalid-option",
      "plugins[0].options.width",
      /lacks its description/,
    ],
    [
      "a default outside its own range",
      [changed({ options: { contamination: { ...declaration, default: 2 } } })],
      "invalid-option",
      "plugins[0].options.contamination",
      /a default outside its own range: 2/,
    ],
    [
      "two plugins of one type",
      [sound, { ...sound, type: "Other" }, { ...sound }],
      "invalid-option",
      "plugins[2].type",
      /^plugins\[2\], "NormalBox": another plugin has the same type/,
    ],
  ])("with %s is refused by a message that names the plugin", (_, list, code, option, message) => {
    const error = expect.objectContaining({
      code,
      message: expect.stringMatching(message) as string,
      detail: expect.objectContaining({ option }) as object,
    });

    expect(() => checkPlugins(list)).toThrow(error);
  });

  it("with another contract version is refused by a message that says what to install", () => {
    expect(() => checkPlugins([changed({ contractVersion: 2 })])).toThrow(
      expect.objectContaining({
        code: "unsupported-version",
        message:
          'plugins[0], "NormalBox": its contractVersion is 2, this release takes 1. Install versions of the plugin and of Mixtura that belong together.',
        detail: { found: 2, supported: 1 },
      }),
    );
  });

  it("is checked before a model is read with it", async () => {
    const json = (await sound.create({}).fit([[1], [2]])).toJSON();

    expect(loadModel(json, { plugins: [sound] }).type).toBe("NormalBox");
    expect(() => loadModel(json, { plugins: [{ ...sound, contractVersion: 2 } as never] })).toThrow(/contractVersion is 2/);
    expect(() => loadModel(json, { plugins: [sound, { ...sound }] })).toThrow(/same type/);
  });
});
