/** Recognises files that are commonly offered in place of safetensors, so that the message can say what to do. */

const startsWith = (bytes: Uint8Array, magic: readonly number[]) => magic.every((byte, index) => bytes[index] === byte);

const TO_SAFETENSORS =
  'convert it once in Python: `from safetensors.torch import save_file; ' +
  'save_file(torch.load("model.pth", map_location="cpu", weights_only=True), "model.safetensors")`';

/**
 * What a file is if it is one of the usual mistakes: a web page, PyTorch's own format, a Git LFS pointer.
 * None of these beginnings can be a safetensors file's: read as its header length they exceed 2⁵³ or 100 MB.
 * @returns the reason in words, or undefined where the file may be safetensors.
 */
export function foreignFile(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 256)).replace(/^ï»¿/, '').trimStart().toLowerCase();
  if (/^<(!doctype|html|head|\?xml|!--)/.test(text)) {
    return 'the server answered with a page instead of weights: the file begins like an HTML document';
  }
  if (text.startsWith('version https://git-lfs')) {
    return 'this is a Git LFS pointer, a few lines that stand for the weights; fetch the file itself with `git lfs pull`';
  }
  // A zip archive, or the pickle that PyTorch wrote before 1.6.
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x80, 0x02, 0x8a, 0x0a])) {
    return `this is a PyTorch file made by torch.save (.pth, .pt), which can run code when opened; ${TO_SAFETENSORS}`;
  }
  return undefined;
}
