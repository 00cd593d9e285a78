import { useState } from 'react';

/**
 * A choice about how something is looked at, remembered between starts. Not a setting: it concerns this
 * window only. What is stored is read with suspicion, since an older version may have written it.
 */
export function useRemembered<T extends string>(key: string, allowed: readonly T[], first: T) {
  const [value, setValue] = useState<T>(() => {
    const stored = localStorage.getItem(`view.${key}`);
    return allowed.find((option) => option === stored) ?? first;
  });
  const remember = (next: T) => {
    setValue(next);
    localStorage.setItem(`view.${key}`, next);
  };
  return [value, remember] as const;
}
