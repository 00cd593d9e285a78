import type { Shot } from '../../../shared/domain/report.ts';

/** The same person in the same frame, ever further away. */
const FIGURES: Readonly<Record<Shot, string>> = {
  'head-and-shoulders':
    'M12 6.4a3.3 3.3 0 1 1 0 6.6 3.3 3.3 0 0 1 0-6.6M5.6 18.6c.5-2.6 2.8-4 6.4-4s5.9 1.4 6.4 4',
  'waist-up':
    'M12 6.2a2.1 2.1 0 1 1 0 4.2 2.1 2.1 0 0 1 0-4.2M8 18.6l.3-3.9c.1-1.7 1.4-2.5 3.7-2.5s3.6.8 3.7 2.5l.3 3.9',
  'full-body':
    'M12 5.9a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.6M9.9 13v-1.4c0-1 .8-1.6 2.1-1.6s2.1.6 2.1 1.6V13M11.1 13v4.6M12.9 13v4.6',
};

/** How much of a person a shot shows. The word beside it says the same. */
export function ShotIcon({ shot }: { readonly shot: Shot }) {
  return (
    <svg
      className="icon shot-icon"
      width="17"
      height="17"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <rect x="2.5" y="2.5" width="19" height="19" rx="4" opacity="0.55" />
      <path d={FIGURES[shot]} />
    </svg>
  );
}
