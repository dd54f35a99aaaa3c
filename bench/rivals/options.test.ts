import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../site';
import { readArguments, USAGE } from './options';
import { RIVAL_NAMES } from './rivals';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-options-'));
  writeFileSync(join(folder, 'index.html'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (...args: readonly string[]) => readArguments(['--outDir', folder, ...args]);

describe('the options of the benchmark', () => {
  it('have defaults, and are all in the usage', () => {
    expect(read()).toEqual({
      choices: { networks: ['small', '121', '201'], rivals: RIVAL_NAMES, rounds: 15 },
      outDir: folder,
      port: 4180,
      hardware: false,
      first: true,
    });
    expect(read('--help')).toBe('help');
    for (const name of [
      'networks',
      'rivals',
      'rounds',
      'json',
      'chart',
      'from',
      'outDir',
      'port',
      'hardware',
      'no-first',
    ])
      expect(USAGE).toContain(`--${name} `);
  });

  it('take a text form with options, and leave out the first prediction', () => {
    const form = 'cspdensenet-first@growth=4,blocks=2-2';
    expect(read('--networks', `${form},201`, '--rivals', 'wasm', '--rounds', '3', '--no-first')).toMatchObject({
      choices: { networks: [form, '201'], rivals: ['wasm'], rounds: 3 },
      first: false,
    });
  });

  it.each([
    [['--nope'], /'--nope'.*--help lists/],
    [['stray'], /stray.*--help lists/],
    [['--networks', 'densenet999'], /^--networks: .*999/],
    [['--rivals', 'kernels,nope'], /^--rivals: .*nope.*there are kernels/],
    [['--rounds', '0'], /^--rounds: .*from 1 to 200/],
    [['--port', 'abc'], /^--port: "abc" is no whole number/],
    [['--json', '/no/such/folder/x.json'], /^--json: there is no folder \/no\/such\/folder/],
    [['--chart', '/no/such/folder/x.svg'], /^--chart: there is no folder/],
    [['--json', tmpdir()], /^--json: .* is a folder/],
    [['--from', '/no/such/file.json'], /^--from: \/no\/such\/file\.json cannot be read: .*ENOENT/],
    [['--outDir', '/no/such/site'], /^\/no\/such\/site holds no built site: .*npm run build.*--outDir/],
  ])('are refused before anything is started: %j', (args, message) => {
    const work = () => read(...args);
    expect(work).toThrow(UserError);
    expect(work).toThrow(message);
    expect(work).not.toThrow(/\n/);
  });

  it('take an earlier report, or some networks of it', () => {
    const networksOf = (...args: readonly string[]) => {
      const asked = read('--from', 'docs/bench.json', ...args);
      return asked === 'help' ? [] : asked.from?.networks.map(({ network }) => network);
    };
    expect(networksOf()).toHaveLength(9);
    expect(networksOf('--networks', 'densenet121')).toEqual(['densenet121']);
    expect(() => networksOf('--networks', 'densenet264')).toThrow('bench.json holds none of densenet264');
  });

  it('name a file that is no report', () => {
    const file = join(folder, 'other.json');
    writeFileSync(file, '{"format": 2}');
    expect(() => read('--from', file)).toThrow(/^--from: .*other\.json is no benchmark report at format/);
  });
});
