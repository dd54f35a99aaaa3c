/** Puts the page together: the engine's client, the lab around it, and React. */
import '@mantine/core/styles.css';
import './views/page.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { EngineClient } from './inference/client';
import { BACKENDS } from './inference/protocol';
import { createLab } from './state/lab';
import { usePage } from './state/page';
import { App } from './views/App';
import { loadCards, weightsUrl } from './views/models';
import { cssVariablesResolver, theme } from './views/theme';
import { LabContext } from './views/useLab';
import { rank } from './views/rank';

const query = new URLSearchParams(location.search);
const wanted = query.get('backend');
const backend = BACKENDS.find((known) => known === wanted);

const engine = new EngineClient({ backend: backend ?? 'auto' });
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
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <LabContext value={lab}>
        <App />
      </LabContext>
    </MantineProvider>
  </StrictMode>,
);
void lab.start();
