import type { Measure } from '../../../../shared/domain/report.ts';

/** The groups of measures as they are listed: first what a person thinks of first. */
export const GROUPS = ['person', 'light', 'sound', 'file'] as const satisfies readonly Measure['group'][];
