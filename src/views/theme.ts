/** One visual language: Mantine's theme, and the two colours that stand for A and B everywhere. */
import { createTheme } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'indigo',
  defaultRadius: 'md',
  fontFamily: "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  components: {
    Tooltip: {
      defaultProps: { withArrow: true, multiline: true, maw: 320, events: { hover: true, focus: true, touch: true } },
    },
  },
});

/** CSS colours of A, B and the plain DenseNet they are compared with; defined for both themes in page.css. */
export const NETWORK_COLOURS = { a: 'var(--lens-a)', b: 'var(--lens-b)', plain: 'var(--lens-plain)' } as const;
