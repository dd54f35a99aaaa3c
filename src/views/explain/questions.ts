/** The questions that Explain answers, in order, under the names by which the rest of the page points at them. */

/** Id and question; the answers are in answers/. Small, because every "?" on the page reads it. */
export const QUESTIONS = {
  dense: 'What does a stage of DenseNet do?',
  idea: 'What does Cross Stage Partial mean?',
  fusions: 'How do standard, fusion first and fusion last differ?',
  gamma: 'Is γ the share that bypasses, or the share that goes through?',
  split: 'Is the split a slice or two 1×1 convolutions?',
  truncate: 'What does “truncating the gradient flow” mean?',
  counting: 'Is the count of gradients a measurement?',
  cio: 'What is CIO, and why does the paper’s formula differ from the count?',
  macs: 'MACs or FLOPs, and at which batch and size?',
  definitions: 'Why are there two definitions, paper and listing?',
  listing: 'Why does the article’s fusion last cost many times as much as DenseNet?',
  evidence: 'Is fusion last better than fusion first?',
  c3: 'Is YOLOv5’s C3 block a fusion first?',
  families: 'What about ResNet, ResNeXt, PeleeNet and EFM?',
} as const;

export type TopicId = keyof typeof QUESTIONS;

export const TOPIC_IDS = Object.keys(QUESTIONS).filter(isTopic);

/** Whether a text names a topic. */
export function isTopic(text: string): text is TopicId {
  return Object.hasOwn(QUESTIONS, text);
}
