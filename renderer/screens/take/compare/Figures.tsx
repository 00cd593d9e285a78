import type { TakeDetail } from '../../../../shared/contract.ts';
import type { Measure } from '../../../../shared/domain/report.ts';
import { words } from '../../../../shared/words/app.ts';
import { unparted } from '../../../../shared/words/figures.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { iconOfState } from '../findings/iconOfState.ts';
import { type FiguresGroup, type FiguresRow, figuresOf } from './figures.ts';

/** Every measure of both takes, each under its own picture, with what is wanted between them. */
export function Figures({ left, right }: { readonly left: TakeDetail; readonly right: TakeDetail }) {
  const text = words.review.compare;
  const groups = figuresOf(left.report?.measures ?? [], right.report?.measures ?? []);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: nothing in it takes the keyboard, which could not scroll it otherwise
    <section className="figures scroll" aria-label={text.figures} tabIndex={0}>
      <table>
        <thead className="hidden-visually">
          <tr>
            <th scope="col">{`${text.side.left}: ${left.take.name}`}</th>
            <th scope="col">{words.take.check.measure}</th>
            <th scope="col">{`${text.side.right}: ${right.take.name}`}</th>
          </tr>
        </thead>
        {groups.map((group) => (
          <Group key={group.group} of={group} />
        ))}
      </table>
    </section>
  );
}

function Group({ of: { group, rows } }: { readonly of: FiguresGroup }) {
  return (
    <tbody>
      <tr>
        <td />
        <th scope="rowgroup">{words.review.findings.groups[group]}</th>
        <td />
      </tr>
      {rows.map((row) => (
        <Row key={row.code} of={row} />
      ))}
    </tbody>
  );
}

function Row({ of: { label, limits, left, right, better } }: { readonly of: FiguresRow }) {
  const { wanted, wantedOfEach } = words.review.compare;
  const [limit = '', other] = limits.map(unparted);
  return (
    <tr>
      <Figure of={left} side="left" isBetter={better === 'left'} />
      <th scope="row">
        {label}
        <span>{other === undefined ? wanted(limit) : wantedOfEach(limit, other)}</span>
      </th>
      <Figure of={right} side="right" isBetter={better === 'right'} />
    </tr>
  );
}

function Figure({
  of,
  side,
  isBetter,
}: {
  readonly of: Measure | null;
  readonly side: 'left' | 'right';
  readonly isBetter: boolean;
}) {
  const { better, notMeasured } = words.review.compare;
  if (of === null) return <td className="quiet">{notMeasured}</td>;
  // Both icons stand towards the middle, where they are compared.
  const icon = <Icon name={iconOfState(of.state)} size="small" />;
  return (
    <td data-tone={of.state} data-better={isBetter ? '' : undefined}>
      {side === 'right' && icon}
      <span className="hidden-visually">{`${words.review.findings.states[of.state]}: `}</span>
      {unparted(of.text)}
      {isBetter && <span className="hidden-visually">{`, ${better}`}</span>}
      {side === 'left' && icon}
    </td>
  );
}
