/** Lists of class names that users bring along with weights of their own. */
import { WeightsError } from './weightsError';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The name in one entry: a text, [id, name] as ImageNet's class index has it, or {name}. */
function nameOf(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry;
  if (Array.isArray(entry)) return nameOf(entry.at(-1));
  return isObject(entry) && typeof entry.name === 'string' ? entry.name : undefined;
}

function entriesOf(json: unknown): readonly unknown[] | undefined {
  if (Array.isArray(json)) return json;
  if (!isObject(json)) return undefined;
  // {"0": …, "1": …}, in the order of the numbers.
  return Object.keys(json).map((_, index) => json[String(index)]);
}

/**
 * Reads class names from a text: one a line, or JSON: a list of names, of [id, name] or of {name}, or an object with
 * the keys "0", "1" ….
 * @param classes how many the network has.
 * @throws WeightsError naming the first entry without a name, or both counts where they differ.
 */
export function readClassNames(text: string, classes: number): readonly string[] {
  let entries: readonly unknown[] | undefined;
  if (/^\s*[[{]/.test(text)) {
    try {
      entries = entriesOf(JSON.parse(text));
    } catch (error) {
      throw new WeightsError(
        `the class names are not valid JSON: ${error instanceof Error ? error.message : 'unreadable'}`,
      );
    }
  } else
    entries = text
      .replace(/\r?\n$/, '')
      .split(/\r?\n/)
      .map((line) => line.trim());
  const names = (entries ?? []).map((entry, index) => {
    const name = nameOf(entry);
    if (!name)
      throw new WeightsError(`class ${index} of the list has no name: ${JSON.stringify(entry) ?? 'it is missing'}`);
    return name;
  });
  if (names.length !== classes) {
    throw new WeightsError(`the list names ${names.length} classes; the network has ${classes}`);
  }
  return names;
}
