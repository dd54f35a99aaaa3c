/** A user's list of class names: one a line, or a JSON array of names. */

/**
 * Reads class names in the order of the logits.
 * @throws Error when the list's length is not the network's number of classes, with both numbers.
 */
export function readClassNames(text: string, classes: number): readonly string[] {
  const trimmed = text.trim();
  let names: string[];
  if (trimmed.startsWith('[')) {
    const value: unknown = JSON.parse(trimmed);
    if (!Array.isArray(value) || !value.every((name) => typeof name === 'string')) {
      throw new Error('the JSON is not a list of names');
    }
    names = value;
  } else {
    names = trimmed.split(/\r?\n/).map((line) => line.trim());
  }
  if (names.length !== classes) throw new Error(`${names.length} names for a network with ${classes} classes`);
  return names;
}
