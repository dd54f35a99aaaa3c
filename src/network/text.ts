/**
 * The one text form of a network, used by the URL, the command line and file names:
 * `cspdensenet121-last@gamma=0.25,size=320`, `densenet@growth=16,blocks=4-8-12-8,stem=32`. Both ways.
 */
import { DEPTHS, DEPTH_NAMES, depthOf, makeSpec, poolsByDefault, SpecError } from './spec';
import type { Depth, Fusion, NetworkSpec } from './spec';

/** What a text form may look like; used by messages. */
export const TEXT_FORMS =
  `densenet{${DEPTH_NAMES.join('|')}}, cspdensenet{${DEPTH_NAMES.join('|')}}-{standard|first|last}, ` +
  'or without a number and with blocks=…; then optionally @key=value,… with the keys ' +
  'gamma, definition, pool, size, classes, growth, blocks, stem, bottleneck, theta';

const NUMBER_KEYS = ['gamma', 'size', 'classes', 'growth', 'stem', 'bottleneck', 'theta'] as const;
type NumberKey = (typeof NUMBER_KEYS)[number];
const KEYS = [...NUMBER_KEYS, 'definition', 'pool', 'blocks'] as const;
type Key = (typeof KEYS)[number];

const isKey = (text: string): text is Key => (KEYS as readonly string[]).includes(text);
const isNumberKey = (key: Key): key is NumberKey => (NUMBER_KEYS as readonly string[]).includes(key);

function readNumber(field: string, text: string): number {
  if (!/^-?(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(text)) throw new SpecError(field, text, 'a number such as 0.5 or 32');
  return Number(text);
}

function readValue(key: Key, text: string): Partial<NetworkSpec> {
  if (isNumberKey(key)) return { [key]: readNumber(key, text) };
  if (key === 'blocks') return { blocks: text.split('-').map((part) => readNumber('blocks', part)) };
  if (key === 'pool') {
    if (text !== 'yes' && text !== 'no') throw new SpecError('pool', text, 'yes or no');
    return { pool: text === 'yes' };
  }
  if (text !== 'paper' && text !== 'listing') throw new SpecError('definition', text, 'paper or listing');
  return { definition: text };
}

/**
 * Reads a network's text form.
 * @throws SpecError naming the field, its value and what is allowed; the field is `network` where the name is unknown.
 */
export function parseNetwork(text: string): NetworkSpec {
  const [, name = '', options] = /^([^@]*)(?:@(.*))?$/s.exec(text.trim()) ?? [];
  const match = /^(?:densenet(\d*)|cspdensenet(\d*)-(standard|first|last))$/.exec(name);
  if (!match) throw new SpecError('network', text, TEXT_FORMS);
  const fusion = (match[3] ?? 'plain') as Fusion;
  const number = match[1] ?? match[2] ?? '';
  const depth = DEPTH_NAMES.find((known) => String(known) === number);
  if (number !== '' && depth === undefined) {
    throw new SpecError('depth', number, `${DEPTH_NAMES.join(', ')}, or none with blocks=…`);
  }
  let fields: Partial<NetworkSpec> = { fusion, ...(depth ? DEPTHS[depth] : {}) };
  const seen = new Set<string>();
  for (const option of options === undefined ? [] : options.split(',')) {
    const at = option.indexOf('=');
    const key = at < 0 ? option : option.slice(0, at);
    if (at < 0 || !isKey(key)) throw new SpecError('option', option, `key=value with one of ${KEYS.join(', ')}`);
    if (seen.has(key)) throw new SpecError(key, option.slice(at + 1), 'said once');
    seen.add(key);
    fields = { ...fields, ...readValue(key, option.slice(at + 1)) };
  }
  if (depth === undefined && !seen.has('blocks')) {
    throw new SpecError('blocks', 'missing', 'layers per stage such as blocks=4-8-12-8, or a named depth');
  }
  if (fusion === 'plain' && (seen.has('gamma') || seen.has('definition'))) {
    const key = seen.has('gamma') ? 'gamma' : 'definition';
    throw new SpecError(key, String(fields[key]), 'left out for a plain DenseNet, which has no split');
  }
  return makeSpec(fields);
}

/** A number as the shortest decimal text that reads back the same. */
const decimal = (value: number) => String(value);

/** The text form of a network; keys at their default are left out. `parseNetwork` reads it back to an equal spec. */
export function formatNetwork(spec: NetworkSpec): string {
  const depth: Depth | undefined = depthOf(spec);
  const base = depth ? DEPTHS[depth] : DEPTHS[121];
  const options: string[] = [];
  const add = (key: Key, value: string, left: string) => value !== left && options.push(`${key}=${value}`);
  if (spec.fusion !== 'plain') add('gamma', decimal(spec.gamma), '0.5');
  add('definition', spec.definition, 'paper');
  const pools = poolsByDefault(spec.fusion, spec.definition);
  add('pool', spec.pool ? 'yes' : 'no', pools ? 'yes' : 'no');
  add('growth', decimal(spec.growth), decimal(base.growth));
  if (!depth) add('blocks', spec.blocks.join('-'), '');
  add('stem', decimal(spec.stem), decimal(base.stem));
  add('bottleneck', decimal(spec.bottleneck), '4');
  add('theta', decimal(spec.theta), '0.5');
  add('classes', decimal(spec.classes), '1000');
  add('size', decimal(spec.size), '224');
  const number = depth ?? '';
  const name = spec.fusion === 'plain' ? `densenet${number}` : `cspdensenet${number}-${spec.fusion}`;
  return options.length ? `${name}@${options.join(',')}` : name;
}
