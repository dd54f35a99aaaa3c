/** Parts of the page whose code is fetched when they are first shown; a failure is theirs alone and can be retried. */
import { Alert, Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ComponentType } from 'react';

/**
 * A component that fetches its code with `load`. Not React.lazy, which never asks again after a failure.
 * @param when `shown` at once, `near` when its place comes near the screen.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  when: 'shown' | 'near' = 'shown',
): ComponentType<Props> {
  return function LazyPart(props: Props) {
    const place = useRef<HTMLDivElement>(null);
    const [wanted, setWanted] = useState(when === 'shown');
    const [Part, setPart] = useState<ComponentType<Props> | null>(null);
    const [failed, setFailed] = useState(false);
    const [attempt, setAttempt] = useState(0);
    useEffect(() => {
      const observer = new IntersectionObserver(
        (entries) => entries.some((entry) => entry.isIntersecting) && setWanted(true),
        { rootMargin: '600px' },
      );
      if (place.current) observer.observe(place.current);
      return () => observer.disconnect();
    }, []);
    useEffect(() => {
      if (!wanted) return undefined;
      let shown = true;
      load().then(
        (part) => shown && setPart(() => part),
        () => shown && setFailed(true),
      );
      return () => {
        shown = false;
      };
    }, [attempt, wanted]);
    if (Part) return <Part {...props} />;
    if (!failed) return <div ref={place} style={when === 'near' ? { minHeight: 400 } : undefined} />;
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
