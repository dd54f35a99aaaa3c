/** `npm test`: lint, format, types, unit tests, build, and the journeys against the built site; stops at a failure. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { needBrowser, vulkanEnvironment } from './browser';

function step(name: string, command: string, ...args: readonly string[]): void {
  console.log(`\n── ${name}`);
  const { status } = spawnSync('npx', [command, ...args], {
    stdio: 'inherit',
    env,
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(`\n${name} failed`);
    process.exit(1);
  }
}

function json(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function field(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !(key in value)) throw new Error(`the report has no "${key}"`);
  return Reflect.get(value, key);
}

process.env['CHROME_PATH'] = needBrowser();
const env = vulkanEnvironment();
step('Lint and dependency rule', 'oxlint', '-c', 'oxlint.config.js', '--type-aware');
step('Format', 'prettier', '--check', '.');
step('Types', 'tsc', '-p', '.');
step('Unit tests', 'vitest', 'run', '--reporter=default', '--reporter=json', '--outputFile=test-results/unit.json');
step('Build', 'vite', 'build');
step('End to end', 'playwright', 'test');

const unit = json('test-results/unit.json');
const journeys = field(json('test-results/journeys.json'), 'stats');
const passed = Number(field(unit, 'numPassedTests')) + Number(field(journeys, 'expected'));
const failed =
  Number(field(unit, 'numFailedTests')) + Number(field(journeys, 'unexpected')) + Number(field(journeys, 'flaky'));
const skipped = Number(field(unit, 'numPendingTests'));
console.log(
  `\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} of the kernels skipped: no Vulkan` : ''}`,
);
if (failed > 0 || passed === 0) process.exit(1);
