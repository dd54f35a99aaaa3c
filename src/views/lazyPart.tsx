/** Parts of the page whose code is fetched when they are first shown; a failure is theirs alone and can be retried. */
import { Alert, Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ComponentType } from 'react';

/** A component that fetches its code with `load`. Not React.lazy, which never asks again after a failure. */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  return function LazyPart(props: Props) {
    const [Part, setPart] = useState<ComponentType<Props> | null>(null);
    const [failed, setFailed] = useState(false);
    const [attempt, setAttempt] = useState(0);
    useEffect(() => {
      let shown = true;
      load().then(
        (part) => shown && setPart(() => part),
        () => shown && setFailed(true),
      );
      return () => {
        shown = false;
      };
    }, [attempt]);
    if (Part) return <Part {...props} />;
    if (!failed) return null;
    return (
      <Alert color="red" p="xs" title="This part of the page could not be fetched">
        <Button
          size="compact-xs"
          onClick={() => {
            setFailed(false);
            setAttempt(attempt + 1);
          }}
        >
          Try again
        </Button>
      </Alert>
    );
  };
}
