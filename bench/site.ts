/** The built site, served for as long as a benchmark runs. */
import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Serves a folder with `vite preview` and waits until it answers.
 * @returns ends the server, and what it started.
 * @throws Error where nothing answers within ten seconds.
 */
export async function serveSite(port: number, outDir = 'dist'): Promise<() => void> {
  const server = spawn('npx', ['vite', 'preview', '--outDir', outDir, '--port', String(port), '--strictPort'], {
    stdio: 'ignore',
    detached: true,
  });
  const stop = () => {
    if (server.pid !== undefined) process.kill(-server.pid);
  };
  for (let tries = 0; tries < 100; tries++) {
    if (server.exitCode !== null) throw new Error(`vite preview ended: is port ${port} taken?`);
    const up = await fetch(`http://localhost:${port}/`).then(
      () => true,
      () => false,
    );
    if (up) return stop;
    await wait(100);
  }
  stop();
  throw new Error(`nothing answers at port ${port}; is the site built (npm run build)?`);
}
