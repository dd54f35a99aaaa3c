/** The built site, served for as long as a benchmark runs. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** What whoever started the program can mend: told in a line, without a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** @throws UserError where a folder holds no built site. */
export function needSite(outDir: string): void {
  if (existsSync(join(outDir, 'index.html'))) return;
  throw new UserError(`${outDir} holds no built site: run \`npm run build\`, or name its folder with --outDir`);
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Does something once when this process ends, whether by itself or by a signal. @returns takes that back. */
function atEnd(work: () => void): () => void {
  // Else a signal ends the process without a word to anyone.
  const exit = (signal: NodeJS.Signals) => process.exit(128 + constants.signals[signal]);
  process.once('exit', work);
  for (const signal of SIGNALS) process.once(signal, exit);
  return () => {
    process.off('exit', work);
    for (const signal of SIGNALS) process.off(signal, exit);
  };
}

/**
 * Serves a folder with `vite preview` and waits until it answers; the server ends with this process at the latest.
 * @returns ends the server, and what it started.
 * @throws UserError where the port is taken or the folder holds no site; Error where nothing answers in ten seconds.
 */
export async function serveSite(port: number, outDir = 'dist'): Promise<() => void> {
  const answer = () => fetch(`http://localhost:${port}/`).catch(() => undefined);
  needSite(outDir);
  // What answers already is some other build.
  if (await answer())
    throw new UserError(
      `something is served at port ${port} already: end it, or choose another with --port (npm run bench)`,
    );
  const server = spawn('npx', ['vite', 'preview', '--outDir', outDir, '--port', String(port), '--strictPort'], {
    stdio: 'ignore',
    detached: true,
  });
  const end = () => {
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid);
  };
  const forget = atEnd(end);
  const stop = () => {
    forget();
    end();
  };
  for (let tries = 0; tries < 100; tries++) {
    if (server.exitCode !== null) throw new Error(`vite preview ended: is port ${port} taken?`);
    if ((await answer())?.ok) return stop;
    await wait(100);
  }
  stop();
  throw new Error(`nothing answers at port ${port}; is the site built (npm run build)?`);
}
