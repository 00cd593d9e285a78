import {
  ArrowDownWideNarrow,
  Check,
  ChevronDown,
  ChevronRight,
  CircleCheck,
  Clock,
  Copy,
  Download,
  ExternalLink,
  Film,
  FolderOpen,
  LayoutGrid,
  Link,
  type LucideIcon,
  Maximize,
  MessageSquare,
  OctagonX,
  Pause,
  Pencil,
  Play,
  Plus,
  RotateCw,
  Search,
  ShieldAlert,
  ShieldCheck,
  SlidersHorizontal,
  Trash2,
  TriangleAlert,
  Upload,
  UserPlus,
  Users,
  Volume2,
  VolumeX,
  Wifi,
  WifiOff,
  X,
} from 'lucide-react';

const DRAWN = {
  add: Plus,
  bin: Trash2,
  close: X,
  copy: Copy,
  done: Check,
  down: ChevronDown,
  edit: Pencil,
  external: ExternalLink,
  fail: OctagonX,
  film: Film,
  folder: FolderOpen,
  fullscreen: Maximize,
  import: Download,
  library: LayoutGrid,
  link: Link,
  offline: WifiOff,
  online: Wifi,
  pass: CircleCheck,
  pause: Pause,
  play: Play,
  repeat: RotateCw,
  right: ChevronRight,
  search: Search,
  settings: SlidersHorizontal,
  shield: ShieldCheck,
  shieldMissing: ShieldAlert,
  silent: VolumeX,
  sort: ArrowDownWideNarrow,
  sound: Volume2,
  speech: MessageSquare,
  train: UserPlus,
  twins: Users,
  upload: Upload,
  warn: TriangleAlert,
  work: Clock,
} as const satisfies Record<string, LucideIcon>;

export type IconName = keyof typeof DRAWN | 'info';

const SIZES = { small: 15, normal: 18, large: 22 } as const;

/** A picture beside words: always hidden from assistive technology, because the words say it. */
export function Icon({ name, size = 'normal' }: { name: IconName; size?: keyof typeof SIZES }) {
  const pixels = SIZES[size];
  const stroke = size === 'small' ? 2.2 : 1.9;
  if (name === 'info') {
    // A square of its own: a round "i" could be taken for the round tick of a pass.
    return (
      <svg
        className="icon"
        width={pixels}
        height={pixels}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={stroke}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        <rect x="3.5" y="3.5" width="17" height="17" rx="3.5" />
        <path d="M12 11.5v5M12 7.6v.1" />
      </svg>
    );
  }
  const Drawn = DRAWN[name];
  return (
    <Drawn
      className="icon"
      size={pixels}
      strokeWidth={stroke}
      fill={name === 'play' ? 'currentColor' : 'none'}
      aria-hidden="true"
      focusable="false"
    />
  );
}
