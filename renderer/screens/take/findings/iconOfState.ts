import type { Measure } from '../../../../shared/domain/report.ts';
import type { IconName } from '../../../ui/Icon.tsx';

const ICONS = {
  pass: 'pass',
  info: 'info',
  warn: 'warn',
  fail: 'fail',
  unknown: 'less',
} as const satisfies Record<Measure['state'], IconName>;

/** Shows how a measure stands against its limit. */
export const iconOfState = (state: Measure['state']): IconName => ICONS[state];
