/** The built site, served for as long as a benchmark runs. */
import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Serves a folder with `vite preview` and waits until it answers.
 * @returns ends the server, and what it started.
 * @throws Error where nothing answers within ten seconds.
 */
export async function serveSite(port: number, outDir = 'dist'): Promise<() => void> {
  const answers = () =>
    fetch(`http://localhost:${port}/`).then(
      () => true,
      () => false,
    );
  // What answers already is some other build.
  if (await answers()) throw new Error(`something is served at port ${port} already`);
  const server = spawn('npx', ['vite', 'preview', '--outDir', outDir, '--port', String(port), '--strictPort'], {
    stdio: 'ignore',
    detached: true,
  });
  const stop = () => {
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid);
  };
  for (let tries = 0; tries < 100; tries++) {
    if (server.exitCode !== null) throw new Error(`vite preview ended: is port ${port} taken?`);
    if (await answers()) return stop;
    await wait(100);
  }
  stop();
  throw new Error(`nothing answers at port ${port}; is the site built (npm run build)?`);
}
