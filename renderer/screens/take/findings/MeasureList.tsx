import type { Measure, Report } from '../../../../shared/domain/report.ts';
import { words } from '../../../../shared/words/app.ts';
import { unparted } from '../../../../shared/words/figures.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { iconOfState } from './iconOfState.ts';
import { GROUPS } from './measureGroups.ts';

/** Every measure against its limit, folded away: how many are fine is said without unfolding. */
export function MeasureList({ report }: { report: Report }) {
  const text = words.take.check;
  const fine = report.measures.filter(({ state }) => state === 'pass').length;
  const unknown = report.measures.filter(({ state }) => state === 'unknown').length;
  if (report.measures.length === 0) return null;
  const rest = report.findings.length === 0 ? text.fine(fine) : text.others(fine);
  const title = fine === report.measures.length ? text.all(fine) : rest;
  return (
    <details className="measures">
      <summary>
        <Icon name="pass" />
        <b>{title}</b>
        <span className="show">{words.review.findings.show}</span>
        <span className="hide">{words.review.findings.hide}</span>
      </summary>
      {unknown > 0 && <p className="small quiet">{text.unknown(unknown)}</p>}
      {GROUPS.map((group) => {
        const measures = report.measures.filter((measure) => measure.group === group);
        return measures.length > 0 && <Group key={group} group={group} of={measures} />;
      })}
    </details>
  );
}

function Group({ group, of }: { readonly group: Measure['group']; readonly of: readonly Measure[] }) {
  const text = words.take.check;
  const { groups, states } = words.review.findings;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{groups[group]}</th>
          <th scope="col">{text.value}</th>
          <th scope="col">{text.limit}</th>
        </tr>
      </thead>
      <tbody>
        {of.map((measure) => (
          <tr key={measure.code} data-tone={measure.state}>
            <th scope="row">
              <Icon name={iconOfState(measure.state)} size="small" />
              <span>
                <span className="hidden-visually">{states[measure.state]}: </span>
                {measure.label}
              </span>
            </th>
            <td>{unparted(measure.text)}</td>
            <td>{unparted(measure.limit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
