import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { defaultClientConditions } from 'vite';
import type { Plugin } from 'vite';

/** Headers that make a page cross-origin isolated, which threaded wasm needs. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * tfjs turns its threaded wasm loader into a string for its threads; the minifier renames `_scriptDir` inside that
 * code, and every thread then dies with a ReferenceError. Removing the one statement that reads it mends that.
 */
function mendThreadedWasm(): Plugin {
  const statement = 'if(typeof _scriptDir !== "undefined" && _scriptDir){scriptDirectory=_scriptDir}';
  return {
    name: 'mend-threaded-wasm',
    transform(code, id) {
      if (!id.includes('tfjs-backend-wasm-threaded-simd.js')) return null;
      if (!code.includes(statement)) {
        this.error(`${id} no longer contains \`${statement}\`; look at whether threaded wasm still needs mending`);
      }
      return code.replace(statement, '');
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [react()],
  // The benchmark's onnxruntime-web finds its wasm where it is told to, not inside its own bundle.
  resolve: { conditions: [...defaultClientConditions, 'onnxruntime-web-use-extern-wasm'] },
  worker: { format: 'es', plugins: () => [mendThreadedWasm()] },
  // Older targets would rewrite light-dark(), which follows the page's theme only as it is.
  build: { target: 'es2023', cssTarget: ['chrome123', 'firefox120', 'safari17.5'], chunkSizeWarningLimit: 900 },
  server: { headers: isolation },
  preview: { headers: isolation, port: 4173 },
  test: { include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'], pool: 'forks' },
});
