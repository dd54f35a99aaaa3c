/** What an answer consists of, and how its paragraphs look. */
import { Text } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';

/** The short answer stands alone in the popover of a "?" and comes first in Explain; `More` is in Explain only. */
export interface Answer {
  readonly Short: ComponentType;
  readonly More?: ComponentType;
}

export const P = ({ children }: { readonly children: ReactNode }) => <Text size="sm">{children}</Text>;
