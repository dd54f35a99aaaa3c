/** Tensors on the device → plain arrays for the page: logits, feature maps, class activation maps. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Activation, ClassActivation } from '../protocol';
import { sliceChannels } from './kernels';
import { wantedClass, weightedMap } from '../classMap';
import { channelsFirst } from '../layout';

/** A tensor's values. A copy: a backend may go on to use the array that it hands out. */
export async function read(value: Tensor): Promise<Float32Array> {
  return Float32Array.from(await value.data());
}

/** The first picture of [N,H,W,C] as [C,H,W]. */
export async function readMaps(value: Tensor): Promise<Pick<Activation, 'shape' | 'values'>> {
  const [, height = 1, width = 1, channels = 1] = value.shape;
  const values = channelsFirst((await read(value)).subarray(0, height * width * channels), channels);
  return { shape: [channels, height, width], values };
}

/**
 * A class activation map of the first picture: the class's weight of each channel times the last feature map, summed.
 * @param features [N,H,W,C], what the global pool reads.
 * @param filter [1,1,C,classes] of the linear layer.
 * @param logits of the whole batch.
 * @throws RangeError for a class that the network does not have.
 */
export async function readClassMap(
  features: Tensor,
  filter: Tensor,
  logits: Float32Array,
  wanted: number | 'top',
): Promise<ClassActivation> {
  const [, height = 1, width = 1] = features.shape;
  const classes = filter.shape[3] ?? 0;
  const classIndex = wantedClass(logits, classes, wanted);
  const column = sliceChannels(filter, classIndex, classIndex + 1);
  try {
    const values = weightedMap(await read(features), await read(column), height * width);
    return { classIndex, height, width, values };
  } finally {
    column.dispose();
  }
}
