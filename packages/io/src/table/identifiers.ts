/** How columns are called that identify rows: id, customer_id, customerId, uuid. */
const CALLED_ID = /^(?:id|uid|uuid|guid|key)$|[_\-. ](?:id|uid|uuid|guid|key)$/i;
const CAMEL_ID = /[a-z](?:Id|ID|Uuid|UUID|Guid|GUID)$/;

/** Whether a column's name says that it identifies rows. */
export function isCalledId(name: string): boolean {
  return CALLED_ID.test(name) || CAMEL_ID.test(name);
}

/** Of columns that hold text, those that may identify rows: those that are called so, else the only one. */
export function likelyIdentifiers(columns: readonly number[], names: readonly string[] | undefined): readonly number[] {
  const called = columns.filter((column) => isCalledId(names?.[column] ?? ""));
  return called.length > 0 || columns.length !== 1 ? called : columns;
}
