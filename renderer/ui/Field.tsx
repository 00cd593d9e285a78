import { type ComponentProps, type ReactNode, useId } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import './field.css';

type InputProps = Omit<ComponentProps<'input'>, 'children'> & {
  readonly icon?: IconName;
  readonly wrong?: boolean;
  /** Stands after the text, inside the frame. */
  readonly after?: ReactNode;
};

/** A line of text in its frame. */
export function Input({ icon, wrong = false, after, ...rest }: InputProps) {
  return (
    <span className="input" data-wrong={wrong ? '' : undefined}>
      {icon && <Icon name={icon} size="small" />}
      <input type="text" autoComplete="off" spellCheck={false} {...rest} aria-invalid={wrong || undefined} />
      {after}
    </span>
  );
}

/** A named input with help below, or what is wrong with it. */
export function Field({
  label,
  help,
  wrong,
  ...rest
}: InputProps extends infer P
  ? Omit<P, 'wrong'> & {
      readonly label: string;
      readonly help?: ReactNode;
      /** What is wrong, in words; replaces the help. */
      readonly wrong?: string | undefined;
    }
  : never) {
  const id = useId();
  const described = wrong !== undefined || help !== undefined ? `${id}-help` : undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input id={id} wrong={wrong !== undefined} aria-describedby={described} {...rest} />
      {wrong !== undefined ? (
        <p className="wrong" id={described}>
          <Icon name="fail" size="small" />
          {wrong}
        </p>
      ) : (
        help !== undefined && (
          <p className="help" id={described}>
            {help}
          </p>
        )
      )}
    </div>
  );
}
