import { useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { TakeSummary } from '../../../shared/domain/summary.ts';
import { words } from '../../../shared/words/app.ts';
import { AnswerState } from '../../app/AnswerState.tsx';
import { useTakesBeingChecked } from '../../app/activities.ts';
import { useAnswer } from '../../app/queries.ts';
import { routes } from '../../app/routes.ts';
import { useRemembered } from '../../app/view.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Segments, Select } from '../../ui/Choice.tsx';
import { Input } from '../../ui/Field.tsx';
import { Page } from '../../ui/Page.tsx';
import { Message } from '../../ui/parts.tsx';
import { arrange, countByFilter, FILTERS, SORTS } from './arrange.ts';
import { Banners } from './Banners.tsx';
import { EmptyLibrary } from './EmptyLibrary.tsx';
import { ImportButton } from './ImportButton.tsx';
import { Imports } from './Imports.tsx';
import './library.css';
import { moveBetweenTakes } from './moveBetweenTakes.ts';
import { gridLayout, TakeGrid } from './TakeGrid.tsx';

/** Every take, what it wants or does, and the ways to more of them. */
export function LibraryScreen() {
  const answer = useAnswer('listTakes', {});
  const text = words.library;
  const takes = answer.data?.takes;
  return (
    <Page
      title={text.title}
      windowTitle={words.shell.windowTitle(text.title)}
      crumbsLabel={words.shell.whereYouAre}
      actions={
        takes !== undefined &&
        takes.length > 0 && (
          <>
            <ImportButton />
            <ButtonLink kind="primary" icon="record" href={routes.stage}>
              {text.record}
            </ButtonLink>
          </>
        )
      }
    >
      {takes === undefined ? (
        <AnswerState answer={answer} waiting={text.loading} failed={text.failed} />
      ) : takes.length === 0 ? (
        <div className="library scroll" data-empty="">
          <Banners />
          <Imports />
          <EmptyLibrary />
        </div>
      ) : (
        <Takes takes={takes} />
      )}
    </Page>
  );
}

/** Where the list was scrolled to when it was left, so that coming back from a take finds it there. */
let leftAt = 0;

function Takes({ takes: stored }: { takes: readonly TakeSummary[] }) {
  const text = words.library;
  const beingChecked = useTakesBeingChecked();
  // One that waits for its turn to be checked waits for nobody else.
  const takes = useMemo(
    () =>
      stored.map((take) =>
        take.state.kind === 'not-checked' && beingChecked.has(take.id)
          ? { ...take, state: { kind: 'checking' as const } }
          : take,
      ),
    [stored, beingChecked],
  );
  const [filter, setFilter] = useRemembered('library.filter', FILTERS, 'all');
  const [sort, setSort] = useRemembered('library.sort', SORTS, 'newest');
  const [search, setSearch] = useState('');
  const term = useDeferredValue(search);
  const counts = useMemo(() => countByFilter(takes), [takes]);
  const groups = useMemo(() => arrange(takes, filter, sort, term), [takes, filter, sort, term]);
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);

  useLayoutEffect(() => {
    const area = content.current;
    if (!area) return;
    setWidth(area.clientWidth);
    const resized = new ResizeObserver(() => setWidth(area.clientWidth));
    resized.observe(area);
    return () => resized.disconnect();
  }, []);
  const laidOut = width > 0;
  useLayoutEffect(() => {
    const area = scroller.current;
    if (!area || !laidOut) return;
    area.scrollTop = leftAt;
    const remember = () => {
      leftAt = area.scrollTop;
    };
    area.addEventListener('scroll', remember, { passive: true });
    return () => area.removeEventListener('scroll', remember);
  }, [laidOut]);

  const showAll = () => {
    setSearch('');
    setFilter('all');
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys are a shortcut between the links inside
    <section className="library scroll" ref={scroller} onKeyDown={moveBetweenTakes}>
      <div ref={content}>
        <div className="above">
          <Banners />
          <Imports />
        </div>
        <div className="tools">
          <Segments
            label={text.filter.label}
            value={filter}
            options={FILTERS.map((value) => ({
              value,
              label: text.filter[value],
              ...(value !== 'all' && counts[value] > 0 && { count: String(counts[value]) }),
            }))}
            onChange={setFilter}
          />
          <Input
            icon="search"
            type="search"
            aria-label={text.search}
            placeholder={text.search}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && setSearch('')}
            after={
              search !== '' && (
                <Button
                  kind="bare"
                  size="small"
                  icon="close"
                  label={text.searchClear}
                  onClick={() => setSearch('')}
                />
              )
            }
          />
          <Select
            label={text.sort.label}
            icon="sort"
            value={sort}
            options={SORTS.map((value) => ({ value, label: text.sort[value] }))}
            onChange={setSort}
          />
        </div>
        <p className="hidden-visually" role="status">
          {term === '' ? '' : text.found(groups.reduce((sum, group) => sum + group.takes.length, 0))}
        </p>
        {laidOut &&
          groups.map((group) => (
            <TakeGrid
              key={group.title}
              title={group.title}
              takes={group.takes}
              layout={gridLayout(width)}
              scroller={scroller}
            />
          ))}
        {groups.length === 0 && (
          <Message
            title={term === '' ? text.nothingFound.filter : text.nothingFound.search(term)}
            actions={<Button onClick={showAll}>{text.nothingFound.clear}</Button>}
          />
        )}
      </div>
    </section>
  );
}
