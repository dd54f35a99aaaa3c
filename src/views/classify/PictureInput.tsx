/** Ways to hand over pictures: drop (a folder too), choose, paste, photograph, or a sample. */
import { Button, FileButton, Group, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconCamera, IconFolder, IconPhoto } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { fromEvent } from 'file-selector';
import { useDropzone } from 'react-dropzone';
import { pathOf } from '../../state/folder';
import { useLabActions } from '../useLab';
import classes from './classify.module.css';

const HIDDEN = /(^|\/)\.|(^|\/)(Thumbs\.db|desktop\.ini)$/;

/** One picture is classified at once, several become a table; files that a system hides in folders are left out. */
function useTakeFiles(): (files: readonly File[]) => void {
  const lab = useLabActions();
  return (files) => {
    const visible = files.filter((file) => !HIDDEN.test(pathOf(file)));
    const [first] = visible;
    if (!first) return;
    if (visible.length === 1) void lab.classify(first, first.name);
    else void lab.classifyFolder(visible);
  };
}

/** Pictures pasted anywhere on the page, except while text is being edited. */
function usePaste(take: (files: readonly File[]) => void) {
  const paste = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length) take(files);
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent) => paste(event);
    window.addEventListener('paste', listen);
    return () => window.removeEventListener('paste', listen);
  }, []);
}

/** A file let go beside the field is meant for it; without this the browser would leave the page and open it. */
function useDropAnywhere(take: (files: readonly File[]) => void) {
  const drop = useEffectEvent((event: DragEvent) => {
    const inside = event.target instanceof Element && event.target.closest(`.${classes.dropzone}`) !== null;
    event.preventDefault();
    if (inside) return;
    // Walks folders, as the field itself does.
    void fromEvent(event).then((found) => take(found.filter((entry) => entry instanceof File)));
  });
  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault();
    const listen = (event: DragEvent) => drop(event);
    window.addEventListener('dragover', over);
    window.addEventListener('drop', listen);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', listen);
    };
  }, []);
}

/** Takes pictures that are dropped or pasted anywhere, whether the field is drawn yet or not. */
export function usePicturesAnywhere(): void {
  const take = useTakeFiles();
  usePaste(take);
  useDropAnywhere(take);
}

export function PictureInput() {
  const take = useTakeFiles();
  const resetCamera = useRef<() => void>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  // Which files are pictures is decided by their bytes, in the worker, so nothing is refused by its name here.
  const { getRootProps, getInputProps, isDragActive } = useDropzone({ onDrop: take, noKeyboard: true });
  return (
    <Stack gap="xs">
      <Paper withBorder {...getRootProps({ className: classes.dropzone })} data-active={isDragActive}>
        <input {...getInputProps({ multiple: true, 'aria-label': 'Pictures' })} data-testid="picture-input" />
        <Group justify="center" gap="sm" wrap="nowrap">
          <IconPhoto size={28} stroke={1.5} aria-hidden />
          <div>
            {/* Its click, by key too, reaches the field around it, which opens the file dialog. */}
            <UnstyledButton fz="sm" fw={600} className={classes.choose}>
              {isDragActive ? 'Let go to classify' : 'Drop, paste or choose a picture'}
            </UnstyledButton>
            <Text size="xs" c="dimmed">
              JPEG, PNG, WebP, AVIF, GIF or SVG, or a whole folder. It never leaves this browser.
            </Text>
          </div>
        </Group>
      </Paper>
      <Group gap="xs" justify="center">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconFolder size={14} />}
          onClick={() => folderInput.current?.click()}
        >
          Folder
        </Button>
        <input
          ref={folderInput}
          type="file"
          hidden
          multiple
          // React knows no such attribute by type; browsers that lack it choose single files.
          {...{ webkitdirectory: '' }}
          onChange={(event) => {
            take([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
        <FileButton
          accept="image/*"
          capture="environment"
          resetRef={resetCamera}
          onChange={(file) => {
            if (file) take([file]);
            resetCamera.current?.();
          }}
        >
          {(props) => (
            <Button {...props} size="compact-sm" variant="default" leftSection={<IconCamera size={14} />}>
              Photograph
            </Button>
          )}
        </FileButton>
      </Group>
    </Stack>
  );
}
