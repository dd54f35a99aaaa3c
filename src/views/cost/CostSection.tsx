/**
 * Cost: what A, B and the plain DenseNet compute, move and hold, per stage and per layer. Only puts the parts in their
 * order; each part listens for itself to what it needs, so that a hover or a drag draws no more than it must.
 */
import { Stack } from '@mantine/core';
import type { ComponentType } from 'react';
import { lazyPart } from '../lazyPart';
import { NearScreen, usePageHere } from '../nearScreen';
import { comparedNetworks } from '../useAnalysis';
import type { Compared } from '../useAnalysis';
import { ConventionBar } from './ConventionBar';
import { LayerTable } from './LayerTable';
import { NetworkLegend } from './NetworkLegend';
import { StageCharts } from './StageCharts';
import { StageTable } from './StageTable';

const LayerStrip = lazyPart(async () => (await import('./LayerStrip')).LayerStrip, 'near');
const CioTable = lazyPart(async () => (await import('./CioTable')).CioTable, 'near');

const GammaChart = lazyPart(async () => (await import('./GammaChart')).GammaChart, 'near');
const Roofline = lazyPart(async () => (await import('./Roofline')).Roofline, 'near');
const Published = lazyPart(async () => (await import('./Published')).Published, 'near');

/** Gives a part the networks, and lets it rest while it is off the screen. */
function Part({ of }: { readonly of: ComponentType<{ readonly networks: readonly Compared[] }> }) {
  return (
    <NearScreen>
      <Fed of={of} />
    </NearScreen>
  );
}

function Fed({ of: Of }: { readonly of: ComponentType<{ readonly networks: readonly Compared[] }> }) {
  const a = usePageHere((page) => page.state.a);
  const b = usePageHere((page) => page.state.b);
  return <Of networks={comparedNetworks(a, b)} />;
}

/** Parts without props. */
function Near({ of: Of }: { readonly of: ComponentType }) {
  return (
    <NearScreen>
      <Of />
    </NearScreen>
  );
}

export function CostSection() {
  return (
    <Stack gap="md">
      <Part of={ConventionBar} />
      <Part of={NetworkLegend} />
      <Part of={StageCharts} />
      <Part of={StageTable} />
      <Near of={GammaChart} />
      <Part of={LayerStrip} />
      <Part of={LayerTable} />
      <Part of={CioTable} />
      <Near of={Roofline} />
      <Near of={Published} />
      {/* Further sections of cost stand here, in the order in which one reads them. */}
    </Stack>
  );
}
