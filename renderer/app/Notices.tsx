import { useEffect, useRef, useState } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import type { Notice } from '../../shared/contract.ts';
import { words } from '../../shared/words/app.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { iconOfTone } from '../ui/parts.tsx';
import { dismissNotice, useNotices } from './notices.ts';
import { routes } from './routes.ts';

/** Long enough to read twice. What failed stays until somebody has put it away. */
const SHOWN_MS = { pass: 5000, info: 8000, warn: 8000, fail: null } as const satisfies Record<
  Notice['tone'],
  number | null
>;

/** Who goes on to another page has seen by then what was good news; what came with the page was meant for it. */
const SEEN_MS = 1500;

/** Where what one works with lies below the picture, to the very edge: a take's page, and two that are compared. */
function pictureOn(location: string): 'take' | 'compare' | undefined {
  const page = /^\/takes\/[^/]+(\/compare)?/.exec(location);
  if (page?.[1] !== undefined) return 'compare';
  return page?.[0] === location ? 'take' : undefined;
}

/**
 * Sentences that appear by themselves, in the corner away from the primary action. What concerns the take
 * whose page is open is said by that page already.
 */
export function Notices() {
  const all = useNotices();
  const [location] = useHashLocation();
  const isSaidByPage = (notice: Notice) =>
    notice.tone !== 'fail' && notice.takeId !== null && location.includes(notice.takeId);
  const over = pictureOn(location);
  const others = all.filter((notice) => !isSaidByPage(notice));
  const [heldId, hold] = useState<string | null>(null);
  // Over a picture one at a time: a stack of them would hide who is looked at. The others wait behind it, and their time runs.
  const first =
    others.find(({ id }) => id === heldId) ?? others.findLast(({ tone }) => tone === 'fail') ?? others.at(-1);
  const saidIds = all
    .filter(isSaidByPage)
    .map((notice) => notice.id)
    .join(' ');
  useEffect(() => {
    for (const id of saidIds.split(' ')) dismissNotice(id);
  }, [saidIds]);
  return (
    <section className="notices" aria-label={words.shell.notices} data-over-picture={over}>
      <div role="status" aria-live="polite" className="notices-list">
        {others.map((notice) => {
          const isShown = over === undefined || notice === first;
          return (
            <NoticeCard
              key={notice.id}
              notice={notice}
              location={location}
              waits={!isShown}
              more={over === undefined ? 0 : others.length - 1}
              onHold={(held) => hold(held ? notice.id : null)}
            />
          );
        })}
      </div>
    </section>
  );
}

function NoticeCard({
  notice,
  location,
  waits,
  more,
  onHold,
}: {
  readonly notice: Notice;
  readonly location: string;
  /** Another one is shown in its place. */
  readonly waits: boolean;
  /** How many wait behind it. */
  readonly more: number;
  /** Somebody begins or ends to look at it. */
  readonly onHold: (held: boolean) => void;
}) {
  const [held, setHeld] = useState(false);
  const look = (on: boolean) => {
    setHeld(on);
    onHold(on);
  };
  const { id, tone } = notice;
  const shownMs = notice.stays === true ? null : SHOWN_MS[tone];
  useEffect(() => {
    if (held || shownMs === null) return;
    const timer = setTimeout(() => dismissNotice(id), shownMs);
    return () => clearTimeout(timer);
  }, [held, id, shownMs]);
  const shown = useRef({ at: Date.now(), location });
  const isOnlyGood = shownMs !== null && (tone === 'pass' || tone === 'info');
  useEffect(() => {
    const { at, location: page } = shown.current;
    if (isOnlyGood && location !== page && Date.now() - at > SEEN_MS) dismissNotice(id);
  }, [isOnlyGood, location, id]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: being looked at keeps it; nothing is done here
    <div
      className="notice"
      data-tone={notice.tone}
      hidden={waits}
      onMouseEnter={() => look(true)}
      onMouseLeave={() => look(false)}
      onFocus={() => look(true)}
      onBlur={() => look(false)}
    >
      <Icon name={iconOfTone(notice.tone)} size="small" />
      <div>
        {notice.message}
        {more > 0 && <span className="quiet small"> {words.shell.moreNotices(more)}</span>}
        {notice.takeId !== null && <a href={`#${routes.take(notice.takeId)}`}>{words.shell.showTake}</a>}
      </div>
      <Button
        kind="bare"
        size="small"
        icon="close"
        label={words.shell.dismiss}
        onClick={() => dismissNotice(notice.id)}
      />
    </div>
  );
}
