/** The top line: name, sections, the backend in use, link, swap and theme. */
import {
  ActionIcon,
  Anchor,
  Button,
  Group,
  Text,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconArrowsExchange, IconCheck, IconLink, IconMoon, IconRoute, IconSun } from '@tabler/icons-react';
import { usePage } from '../../state/page';
import { VIEWS } from '../../state/pageState';
import type { View } from '../../state/pageState';
import { goToStep, TOUR_BUTTON } from '../tour/walk';
import { useLabActions } from '../useLab';
import { BackendMenu } from './BackendMenu';
import classes from './shell.module.css';
import { scrollToSection } from './useSections';

const VIEW_NAMES: Record<View, string> = { classify: 'Classify', flow: 'Flow', cost: 'Cost', explain: 'Explain' };

function ThemeButton() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'light' ? 'dark' : 'light';
  return (
    <Tooltip label={`Switch to the ${other} theme`}>
      <ActionIcon
        variant="default"
        size="md"
        aria-label={`Switch to the ${other} theme`}
        onClick={() => setColorScheme(other)}
      >
        {scheme === 'light' ? <IconMoon size={16} /> : <IconSun size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}

function CopyLink() {
  const { copied, copy } = useClipboard({ timeout: 1500 });
  return (
    <Tooltip label={copied ? 'Link copied' : 'Copy a link to exactly this page'}>
      <ActionIcon
        variant="default"
        size="md"
        aria-label="Copy a link to exactly this page"
        onClick={() => copy(location.href)}
      >
        {copied ? <IconCheck size={16} /> : <IconLink size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}

export function Header() {
  const lab = useLabActions();
  const view = usePage((page) => page.state.view);
  const b = usePage((page) => page.state.b);
  const change = usePage((page) => page.change);
  const swap = usePage((page) => page.swap);
  return (
    <header className={classes.header}>
      <Group justify="space-between" wrap="nowrap" gap="sm" className={classes.bar}>
        <Anchor href="./" underline="never" c="bright" className={classes.brand} aria-label="CSPNet Lens, start over">
          <img src="./icon.svg" alt="" width={24} height={24} />
          <Text fw={700} visibleFrom="xs" style={{ whiteSpace: 'nowrap' }}>
            CSPNet Lens
          </Text>
        </Anchor>
        <nav aria-label="Sections" className={classes.nav}>
          {VIEWS.map((name) => (
            <Anchor
              key={name}
              href={`#${name}`}
              size="sm"
              underline="never"
              className={classes.navLink}
              data-active={view === name}
              aria-current={view === name ? 'true' : undefined}
              onClick={(event) => {
                event.preventDefault();
                change({ view: name });
                scrollToSection(name);
              }}
            >
              {VIEW_NAMES[name]}
            </Anchor>
          ))}
        </nav>
        <Group gap={6} wrap="nowrap">
          <Button
            id={TOUR_BUTTON}
            size="compact-sm"
            variant="light"
            leftSection={<IconRoute size={14} />}
            aria-label="Tour"
            onClick={() => goToStep(1)}
          >
            <Text span inherit visibleFrom="xs">
              Tour
            </Text>
          </Button>
          <BackendMenu />
          <Tooltip label="Swap A and B">
            <ActionIcon
              variant="default"
              size="md"
              aria-label="Swap A and B"
              disabled={!b}
              onClick={() => {
                lab.swap();
                swap();
              }}
            >
              <IconArrowsExchange size={16} />
            </ActionIcon>
          </Tooltip>
          <CopyLink />
          <ThemeButton />
        </Group>
      </Group>
    </header>
  );
}
