import { groupOf, TAKE_GROUPS, type TakeGroup, type TakeSummary } from '../../../shared/domain/summary.ts';
import { words } from '../../../shared/words/app.ts';

export const FILTERS = ['all', ...TAKE_GROUPS] as const;
export type Filter = (typeof FILTERS)[number];

export const SORTS = ['newest', 'oldest', 'name'] as const;
export type Sort = (typeof SORTS)[number];

export interface Group {
  readonly title: string;
  readonly takes: readonly TakeSummary[];
}

// Numbers by value, so that "Take 10" follows "Take 9".
const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const COMPARE: Record<Sort, (a: TakeSummary, b: TakeSummary) => number> = {
  newest: (a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0),
  oldest: (a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0),
  name: (a, b) => byName.compare(a.name, b.name),
};

/** How many takes each filter shows. */
export function countByFilter(takes: readonly TakeSummary[]): Record<Filter, number> {
  const counts = { all: takes.length, 'waiting-for-you': 0, 'on-its-way': 0, usable: 0, rejected: 0 };
  for (const take of takes) counts[groupOf(take.state)] += 1;
  return counts;
}

/** The takes as the page shows them: what asks for a person first, what nobody wants last, unless one kind was asked for. */
export function arrange(takes: readonly TakeSummary[], filter: Filter, sort: Sort, search: string): Group[] {
  const term = search.trim().toLocaleLowerCase('en');
  const found = takes
    .filter((take) => term === '' || take.name.toLocaleLowerCase('en').includes(term))
    .sort(COMPARE[sort]);
  const of = (group: TakeGroup) => found.filter((take) => groupOf(take.state) === group);
  const text = words.library;
  const rest = found.filter(({ state }) => ['on-its-way', 'usable'].includes(groupOf(state)));
  const groups =
    filter === 'all'
      ? [
          { title: text.filter['waiting-for-you'], takes: of('waiting-for-you') },
          // Only what is all of the library is called so: the sidebar counts it as well.
          { title: rest.length === takes.length ? text.groups.all : text.groups.rest, takes: rest },
          { title: text.filter.rejected, takes: of('rejected') },
        ]
      : [{ title: text.filter[filter], takes: of(filter) }];
  return groups.filter((group) => group.takes.length > 0);
}
