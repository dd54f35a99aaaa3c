/** Sample pictures, drawn by this project; public/samples. */
export const SAMPLES: readonly { readonly file: string; readonly name: string }[] = [];
