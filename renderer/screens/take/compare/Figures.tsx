import type { ReactNode } from 'react';
import type { TakeDetail } from '../../../../shared/contract.ts';
import type { Measure, Report } from '../../../../shared/domain/report.ts';
import { words } from '../../../../shared/words/app.ts';
import { unparted } from '../../../../shared/words/figures.ts';
import { Icon, type IconName } from '../../../ui/Icon.tsx';
import { iconOfTone } from '../../../ui/parts.tsx';
import { iconOfState } from '../findings/iconOfState.ts';
import { verdictWords } from '../findings/VerdictHead.tsx';
import { type FiguresGroup, type FiguresRow, figuresOf } from './figures.ts';

type Side = 'left' | 'right';

/** What the check says of both takes, each under its own picture, with what is measured between them. */
export function Figures({ left, right }: { readonly left: TakeDetail; readonly right: TakeDetail }) {
  const text = words.review.compare;
  const groups = figuresOf(left.report?.measures ?? [], right.report?.measures ?? []);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: nothing in it takes the keyboard, which could not scroll it otherwise
    <section className="figures scroll" aria-label={text.figures} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <VerdictOf detail={left} side="left" />
            <th scope="col" className="quiet">
              {words.take.check.measure}
            </th>
            <VerdictOf detail={right} side="right" />
          </tr>
        </thead>
        {groups.map((group) => (
          <Group
            key={group.group}
            of={group}
            isChecked={{ left: has(left.report), right: has(right.report) }}
          />
        ))}
      </table>
    </section>
  );
}

const has = (report: Report | null): boolean => report !== null;

function VerdictOf({ detail: { take, report }, side }: { readonly detail: TakeDetail; readonly side: Side }) {
  const name = (
    <span className="hidden-visually">{`${words.review.compare.side[side]}, ${take.name}: `}</span>
  );
  if (report === null)
    return (
      <th scope="col" className="quiet">
        {name}
        {words.review.compare.noReport}
      </th>
    );
  const { title } = verdictWords(report, take.review.decision.kind);
  return (
    <th scope="col" data-tone={report.verdict}>
      <Iconed side={side} icon={iconOfTone(report.verdict)}>
        {name}
        {title}
      </Iconed>
    </th>
  );
}

type IsChecked = Readonly<Record<Side, boolean>>;

function Group({
  of: { group, rows },
  isChecked,
}: {
  readonly of: FiguresGroup;
  readonly isChecked: IsChecked;
}) {
  return (
    <tbody>
      <tr>
        <td />
        <th scope="rowgroup">{words.review.findings.groups[group]}</th>
        <td />
      </tr>
      {rows.map((row) => (
        <Row key={row.code} of={row} isChecked={isChecked} />
      ))}
    </tbody>
  );
}

function Row({
  of: { label, limits, left, right },
  isChecked,
}: {
  readonly of: FiguresRow;
  readonly isChecked: IsChecked;
}) {
  const { wanted, wantedOfEach } = words.review.compare;
  const [limit = '', other] = limits.map(unparted);
  const differs = left !== null && right !== null && left.state !== right.state;
  return (
    <tr data-differs={differs ? '' : undefined}>
      <Figure of={left} side="left" isChecked={isChecked.left} />
      <th scope="row">
        {label} <span>{other === undefined ? wanted(limit) : wantedOfEach(limit, other)}</span>
      </th>
      <Figure of={right} side="right" isChecked={isChecked.right} />
    </tr>
  );
}

function Figure({
  of,
  side,
  isChecked,
}: {
  readonly of: Measure | null;
  readonly side: Side;
  readonly isChecked: boolean;
}) {
  // That a take was not checked is said once, above.
  if (of === null) return <td className="quiet">{isChecked ? words.review.compare.notMeasured : '–'}</td>;
  return (
    <td data-tone={of.state}>
      <Iconed side={side} icon={iconOfState(of.state)}>
        <span className="hidden-visually">{`${words.review.findings.states[of.state]}: `}</span>
        {unparted(of.text)}
      </Iconed>
    </td>
  );
}

/** Both icons stand towards the middle, where they are compared. */
function Iconed({
  side,
  icon,
  children,
}: {
  readonly side: Side;
  readonly icon: IconName;
  readonly children: ReactNode;
}) {
  const shown = <Icon name={icon} size="small" />;
  return (
    <>
      {side === 'right' && shown}
      {children}
      {side === 'left' && shown}
    </>
  );
}
