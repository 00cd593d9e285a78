import { type ReactNode, useId } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import './choice.css';

interface ChoiceOf<T extends string> {
  readonly value: T;
  readonly label: string;
}

/** A short row of choices of which one holds. */
export function Segments<T extends string>({
  label,
  value,
  options,
  onChange,
  disabled = false,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (ChoiceOf<T> & { readonly count?: string; readonly icon?: ReactNode })[];
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
}) {
  const name = useId();
  return (
    <div className="segments" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label className="segment" key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={disabled}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.icon}
            {option.label}
            {option.count !== undefined && <small>{option.count}</small>}
          </span>
        </label>
      ))}
    </div>
  );
}

/** Few choices side by side, each with a second line saying what it means or why it cannot be taken. */
export function Options<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (ChoiceOf<T> & { readonly line: ReactNode; readonly disabled?: boolean })[];
  readonly onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className="options">
      <legend className="hidden-visually">{label}</legend>
      {options.map((option) => (
        <label className="option" key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled ?? false}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.label}
            <small>{option.line}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** One of many: the system's own list. */
export function Select<T extends string>({
  label,
  icon,
  value,
  options,
  onChange,
  id,
  disabled = false,
}: {
  /** Names it where no visible label points to `id`. */
  readonly label?: string;
  readonly icon?: IconName;
  readonly value: T;
  readonly options: readonly ChoiceOf<T>[];
  readonly onChange: (value: T) => void;
  readonly id?: string;
  readonly disabled?: boolean;
}) {
  return (
    <span className="select" data-icon={icon}>
      {icon && <Icon name={icon} size="small" />}
      <select
        id={id}
        aria-label={label}
        title={icon && options.find((option) => option.value === value)?.label}
        value={value}
        disabled={disabled}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="down" size="small" />
    </span>
  );
}

/** A box to tick, with the sentence it stands for. */
export function Tick({
  checked,
  onChange,
  children,
}: {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}) {
  return (
    <label className="tick">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  );
}
