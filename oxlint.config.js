// The lint rules, and above all the table of what may import what (README, "How it is laid out").
import { defineConfig } from 'oxlint';

const FOLDERS = ['network', 'analysis', 'weights', 'diagram', 'inference', 'image', 'exports', 'cli', 'state', 'views'];
const LIBRARIES = {
  valibot: ['valibot'],
  d3: ['d3'],
  tfjs: ['@tensorflow/**'],
  rpc: ['comlink'],
  state: ['zustand', 'zustand/**'],
  react: ['react', 'react-dom', 'react-dom/**', '@mantine/**', '@tabler/**', 'react-dropzone'],
  node: ['node:*'],
};

/** Folder → our folders and the libraries that it may import; `types` marks folders whose types alone are allowed. */
const MAY_IMPORT = {
  network: { ours: [], libraries: ['valibot'] },
  image: { ours: [], libraries: [] },
  analysis: { ours: ['network'], libraries: ['valibot', 'd3'] },
  diagram: { ours: ['network'], libraries: ['valibot', 'd3'] },
  weights: { ours: ['network'], libraries: ['valibot', 'd3'] },
  inference: { ours: ['network', 'weights', 'image'], libraries: ['tfjs', 'rpc'] },
  'inference/plan': { ours: ['network'], libraries: [] },
  exports: { ours: ['network', 'analysis', 'diagram'], libraries: [] },
  cli: { ours: ['network', 'analysis', 'exports'], libraries: ['node'] },
  state: { ours: ['network'], libraries: ['state'], types: true },
  views: { ours: FOLDERS.filter((folder) => folder !== 'cli'), libraries: ['react', 'd3', 'state'] },
};
const ENGINE_ROOMS = [
  '**/inference/plan/**',
  '**/inference/tfjs/**',
  '**/inference/webgpu/**',
  '**/inference/engine',
  '**/inference/worker',
];

/** The benchmark carries the runtimes that it compares with. */
const BENCHMARK = ['**/bench/rivals/**', '**/bench/onnx/**'];

function boundaries(folder) {
  const { ours, libraries, types = false } = MAY_IMPORT[folder] ?? MAY_IMPORT[folder.split('/')[0]];
  const own = folder.split('/')[0];
  const forbidden = FOLDERS.filter((other) => other !== own && !ours.includes(other));
  const patterns = [
    { group: BENCHMARK, message: 'only the page of the benchmark, views/bench/, sees the benchmark' },
    {
      group: forbidden.flatMap((other) => [`../${other}/**`, `../../${other}/**`, `../../../${other}/**`]),
      message: `${folder}/ may import ${ours.length ? ours.map((other) => `${other}/`).join(', ') : 'none'} of ours`,
      allowTypeImports: types,
    },
    {
      group: Object.keys(LIBRARIES)
        .filter((name) => !libraries.includes(name))
        .flatMap((name) => LIBRARIES[name]),
      message: `${folder}/ may use ${libraries.length ? libraries.join(', ') : 'no libraries'}`,
    },
  ];
  if (folder.startsWith('views'))
    patterns.push({ group: ENGINE_ROOMS, message: 'views/ see of inference/ its client and types' });
  if (folder === 'inference/plan') {
    patterns.push({
      group: ['../tfjs/**', '../webgpu/**', '../engine', '../worker', '../client'],
      message: 'a plan is pure',
    });
  }
  const files = folder === 'views' ? ['src/views/**', 'src/main.tsx'] : [`src/${folder}/**`];
  if (folder === 'views/bench') patterns.shift();
  return { files, rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'react', 'import', 'vitest', 'promise'],
  categories: { correctness: 'error' },
  ignorePatterns: ['dist', 'public', 'training'],
  rules: {
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/ban-ts-comment': 'error',
    'react/exhaustive-deps': 'error',
    'react/rules-of-hooks': 'error',
    'vitest/no-disabled-tests': 'error',
    'vitest/no-focused-tests': 'error',
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'vitest/no-conditional-expect': 'off',
    'vitest/require-to-throw-message': 'off',
    'no-console': 'error',
  },
  overrides: [
    ...[...Object.keys(MAY_IMPORT), 'views/bench'].map(boundaries),
    // Tests may reach for what they compare with.
    {
      files: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'src/**/*.testing.ts', 'src/**/fixtures/**'],
      rules: { 'no-restricted-imports': 'off' },
    },
    {
      files: ['*.config.ts', '*.config.js', 'scripts/**', 'bench/**', 'src/cli/**'],
      rules: { 'import/no-default-export': 'off', 'no-console': 'off' },
    },
  ],
});
