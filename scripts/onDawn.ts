/** Runs a program that needs Dawn, with a Vulkan loader: `tsx scripts/onDawn.ts bench/kernels.ts …`. */
import { spawnSync } from 'node:child_process';
import { vulkanEnvironment } from './browser';

const { status } = spawnSync('npx', ['tsx', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: vulkanEnvironment(),
  shell: process.platform === 'win32',
});
process.exit(status ?? 1);
