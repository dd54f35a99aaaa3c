// The one error with which the picture pipeline refuses a file. It says which file and why, in words for a person.

/** A picture that cannot be used. `message` reads "<file> could not be decoded: <reason>". */
export class PictureError extends Error {
  /** Name of the file as the user knows it. */
  readonly file: string;
  /** Why it was refused, with the numbers that led to it; a sentence fragment without a final stop. */
  readonly reason: string;

  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(`${file} could not be decoded: ${reason}`, options);
    this.name = 'PictureError';
    this.file = file;
    this.reason = reason;
  }
}
