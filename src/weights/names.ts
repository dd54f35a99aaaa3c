/** Names of weights as they occur in files → the names a Network uses, which are today's PyTorch names. */

/**
 * The current form of a tensor's name: wrappers' prefixes (`module.` of DataParallel, `model.`) are dropped, and the
 * dotted form of torchvision's published files is joined (`denselayer1.norm.1.weight` → `denselayer1.norm1.weight`).
 */
export function currentName(name: string): string {
  return name
    .replace(/^(?:(?:module|model)\.)+/, '')
    .replace(/\b(denselayer\d+)\.(norm|conv)\.([12])\./, (_, layer: string, kind: string, digit: string) => {
      return `${layer}.${kind}${digit}.`;
    });
}

/** Whether a tensor is PyTorch's batch counter of a BN layer, which inference has no use for. */
export function isCounter(name: string): boolean {
  return name === 'num_batches_tracked' || name.endsWith('.num_batches_tracked');
}
