/** What the page takes from its controls and from an address; more would only make it wait. */
export const bounds = {
  rows: { minimum: 2, maximum: 1_000_000 },
  generatedFeatures: { minimum: 2, maximum: 10 },
  groups: { minimum: 1, maximum: 20 },
  spread: { minimum: 0.1, maximum: 5 },
  outliers: { minimum: 0, maximum: 0.5 },
  seed: { minimum: 0, maximum: 2 ** 32 - 1 },
  clusters: { minimum: 1, maximum: 30 },
  starts: { minimum: 1, maximum: 50 },
  features: { minimum: 1, maximum: 2000 },
  /** Rows changed by hand that an address can hold. */
  edits: 4000,
  /** Rows up to which hands can change them. */
  editableRows: 20_000,
  address: 200_000,
} as const;
