/**
 * The Chrome or Chromium that the tests use: an installed one, else Playwright's own (downloaded where that works),
 * else, as root on Debian or Ubuntu, apt's; else a message that says what to install.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright';

const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome.exe'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of a browser that is already there, or undefined. `CHROME_PATH` comes first. */
export function findBrowser(): string | undefined {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const candidates = [process.env['CHROME_PATH'] ?? '', ...onPath, ...PLACES, chromium.executablePath()];
  return candidates.find((path) => path !== '' && existsSync(path));
}

/** The folder in which a browser brings a Vulkan loader and its software driver, SwiftShader; undefined where none does. */
export function vulkanFolder(): string | undefined {
  const browser = findBrowser();
  const folders = [...(browser ? [dirname(realpathSync(browser))] : []), '/usr/lib/chromium', '/opt/google/chrome'];
  return folders.find((folder) => existsSync(join(folder, 'vk_swiftshader_icd.json')));
}

/**
 * This process's environment, with the Vulkan loader that a browser brings where one does: programs that run kernels in
 * Node find it on systems without one of their own. A process reads it when it starts.
 */
export function vulkanEnvironment(): NodeJS.ProcessEnv {
  const folder = vulkanFolder();
  if (folder === undefined) return process.env;
  return { ...process.env, LD_LIBRARY_PATH: [process.env['LD_LIBRARY_PATH'], folder].filter(Boolean).join(delimiter) };
}

const run = (command: string, args: readonly string[]) =>
  spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;

/**
 * Finds a browser or installs one.
 * @throws Error that says what to install when nothing works.
 */
export function needBrowser(): string {
  const found = findBrowser();
  if (found) return found;
  console.log('No Chrome or Chromium found; installing Playwright’s.');
  if (run('npx', ['playwright', 'install', 'chromium'])) {
    const installed = findBrowser();
    if (installed) return installed;
  }
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    console.log('That did not work; installing Chromium with apt-get.');
    if (run('apt-get', ['update']) && run('apt-get', ['install', '-y', 'chromium'])) {
      const installed = findBrowser();
      if (installed) return installed;
    }
  }
  throw new Error(
    'The end-to-end tests need Chrome or Chromium. Install one (for example `sudo apt-get install chromium`, or ' +
      '`npx playwright install --with-deps chromium`), or set CHROME_PATH to the program.',
  );
}
