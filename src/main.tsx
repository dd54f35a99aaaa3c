/** Puts the page together: the engine's client, the lab around it, and React. */
import '@mantine/core/styles.css';
import './views/page.css';
import { MantineProvider } from '@mantine/core';
import { startTransition, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { EngineClient } from './inference/client';
import { BACKENDS } from './inference/protocol';
import { createLab } from './state/lab';
import { usePage } from './state/page';
import { App } from './views/App';
import { lazyPart } from './views/lazyPart';
import { loadCards, weightsUrl } from './views/models';
import { cssVariablesResolver, theme } from './views/theme';
import { LabContext } from './views/useLab';
import { rank } from './views/rank';

const BenchPage = lazyPart(async () => (await import('./views/bench/BenchPage')).BenchPage);

const query = new URLSearchParams(location.search);
const benching = query.has('bench');
const wanted = query.get('backend');
const backend = BACKENDS.find((known) => known === wanted);

const engine = new EngineClient({
  backend: backend ?? 'auto',
  // For comparing: tfjs's own kernels on WebGPU in place of ours.
  ...(query.get('executor') === 'stock' ? { executor: 'stock' as const } : {}),
  ...(query.get('precision') === 'float16' ? { precision: 'float16' as const } : {}),
});
const lab = createLab({ engine, loadCards, weightsUrl, rank, now: () => performance.now() });
if (wanted !== null && !backend) {
  lab.notice(
    `The link asks for the backend "${wanted}"; possible are ${BACKENDS.join(', ')}. The best that works is used.`,
  );
}

window.addEventListener('popstate', () => usePage.getState().readAddress());

if (query.has('debug')) {
  // What tests need and users do not.
  Object.assign(window, { lens: { engine, lab } });
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element "root"');
const page = (
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      {benching ? (
        <BenchPage />
      ) : (
        <LabContext value={lab}>
          <App onDrawn={() => void lab.start()} />
        </LabContext>
      )}
    </MantineProvider>
  </StrictMode>
);
// As a transition it is rendered a few milliseconds at a time, so that the worker's first answers need not wait long.
startTransition(() => createRoot(root).render(page));
