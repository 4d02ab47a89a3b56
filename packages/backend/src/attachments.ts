/** What is to be freed with an uploaded matrix, by the matrix. */
const attachments = new WeakMap<object, Set<() => void>>();

/** What frees the copies of an uploaded matrix that lie on its device in other coordinates; add to it what else there is. */
export function attachmentsOf(uploaded: object): Set<() => void> {
  let attached = attachments.get(uploaded);
  if (attached === undefined) attachments.set(uploaded, (attached = new Set()));
  return attached;
}
