/** The fields of `Given` without `undefined`: those that may be it are optional. */
export type Present<Given> = { readonly [Name in keyof Given as undefined extends Given[Name] ? never : Name]: Given[Name] } & {
  readonly [Name in keyof Given as undefined extends Given[Name] ? Name : never]?: Exclude<Given[Name], undefined>;
};

/**
 * An object without the fields that are `undefined`, for optional fields.
 *
 * @example
 * ```ts run
 * present({ rows: 3, featureNames: undefined }) // => { rows: 3 }
 * ```
 */
export function present<const Given extends object>(given: Given): Present<Given> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Present<Given>;
}
