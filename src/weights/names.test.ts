import { expect, it } from 'vitest';
import { currentName, isCounter } from './names';

it.each([
  ['features.denseblock1.denselayer1.norm.1.weight', 'features.denseblock1.denselayer1.norm1.weight'],
  ['features.denseblock4.denselayer16.conv.2.weight', 'features.denseblock4.denselayer16.conv2.weight'],
  [
    'features.denseblock2.denselayer3.norm.2.num_batches_tracked',
    'features.denseblock2.denselayer3.norm2.num_batches_tracked',
  ],
  ['module.features.conv0.weight', 'features.conv0.weight'],
  ['module.model.classifier.bias', 'classifier.bias'],
  // Names of today stay as they are, transitions' included.
  ['features.denseblock1.denselayer1.norm1.weight', 'features.denseblock1.denselayer1.norm1.weight'],
  ['features.denseblock1.transition.norm.weight', 'features.denseblock1.transition.norm.weight'],
  ['features.transition1.conv.weight', 'features.transition1.conv.weight'],
])('reads %s', (name, current) => {
  expect(currentName(name)).toBe(current);
});

it('knows the batch counters', () => {
  expect(isCounter('features.norm0.num_batches_tracked')).toBe(true);
  expect(isCounter('features.norm0.running_mean')).toBe(false);
});
