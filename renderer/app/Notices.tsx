import { useEffect, useState } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import type { Notice } from '../../shared/contract.ts';
import { words } from '../../shared/words/app.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { iconOfTone } from '../ui/parts.tsx';
import { dismissNotice, useNotices } from './notices.ts';
import { routes } from './routes.ts';

/** Long enough to read twice; what failed has more to say. */
const SHOWN_MS = 8000;
const FAILED_SHOWN_MS = 20_000;

/**
 * Sentences that appear by themselves, in the corner away from the primary action. What concerns the take
 * whose page is open is said by that page already.
 */
export function Notices() {
  const all = useNotices();
  const [location] = useHashLocation();
  const isSaidByPage = (notice: Notice) =>
    notice.tone !== 'fail' && notice.takeId !== null && location.includes(notice.takeId);
  const notices = all.filter((notice) => !isSaidByPage(notice));
  const saidIds = all
    .filter(isSaidByPage)
    .map((notice) => notice.id)
    .join(' ');
  useEffect(() => {
    for (const id of saidIds.split(' ')) dismissNotice(id);
  }, [saidIds]);
  return (
    <section className="notices" aria-label={words.shell.notices}>
      <div role="status" aria-live="polite" className="notices-list">
        {notices.map((notice) => (
          <NoticeCard key={notice.id} notice={notice} />
        ))}
      </div>
    </section>
  );
}

function NoticeCard({ notice }: { notice: Notice }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || notice.stays === true) return;
    const shownMs = notice.tone === 'fail' ? FAILED_SHOWN_MS : SHOWN_MS;
    const timer = setTimeout(() => dismissNotice(notice.id), shownMs);
    return () => clearTimeout(timer);
  }, [held, notice.id, notice.tone, notice.stays]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: being looked at keeps it; nothing is done here
    <div
      className="notice"
      data-tone={notice.tone}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={iconOfTone(notice.tone)} size="small" />
      <div>
        {notice.message}
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
