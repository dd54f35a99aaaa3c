/** The button of the inspector for the channels of the selected part. */
import { Button } from '@mantine/core';
import { usePage } from '../../state/page';
import { useLab } from '../useLab';
import { askForChannels } from './reach';

/** Opens and closes the channels of what is selected; nothing while no picture has run or nothing is selected. */
export function ChannelsButton() {
  const { select, maps } = usePage((page) => page.state);
  const change = usePage((page) => page.change);
  const hasRun = useLab(({ slots, picture }) => {
    return picture !== null && [slots.a, slots.b].some(({ result }) => result?.pictureId === picture.id);
  });
  const isOpen = maps === 'on';
  if (select === '' || !(hasRun || isOpen)) return null;
  return (
    <Button
      size="compact-xs"
      variant="light"
      aria-expanded={isOpen}
      onClick={() => {
        if (!isOpen) askForChannels();
        change({ maps: isOpen ? 'off' : 'on' });
      }}
    >
      {isOpen ? 'Hide its channels' : 'Show its channels'}
    </Button>
  );
}
