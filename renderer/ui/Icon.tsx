import {
  ALargeSmall,
  ArrowDown,
  ArrowDownWideNarrow,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  AudioLines,
  Check,
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  ChevronsLeft,
  ChevronsRight,
  CircleCheck,
  CircleDot,
  Clock,
  Columns2,
  Copy,
  Download,
  Ellipsis,
  Expand,
  ExternalLink,
  Eye,
  EyeOff,
  FileDown,
  Film,
  FlipHorizontal2,
  FolderOpen,
  Hand,
  Keyboard,
  LayoutGrid,
  Lightbulb,
  Link,
  type LucideIcon,
  Maximize,
  MessageSquare,
  Mic,
  MicOff,
  Minimize,
  Minus,
  OctagonX,
  Pause,
  Pencil,
  Play,
  Plus,
  Redo2,
  RotateCcw,
  RotateCw,
  Scissors,
  ScrollText,
  Search,
  ShieldAlert,
  ShieldCheck,
  Shrink,
  SkipBack,
  SlidersHorizontal,
  StepBack,
  StepForward,
  Sun,
  Trash2,
  TriangleAlert,
  Undo2,
  Upload,
  UserPlus,
  UserRound,
  Users,
  Video,
  VideoOff,
  Volume2,
  VolumeX,
  Wifi,
  WifiOff,
  X,
} from 'lucide-react';

const DRAWN = {
  add: Plus,
  back: ChevronLeft,
  bin: Trash2,
  camera: Video,
  cameraMissing: VideoOff,
  close: X,
  closer: Expand,
  compare: Columns2,
  copy: Copy,
  cut: Scissors,
  done: Check,
  down: ChevronDown,
  edit: Pencil,
  external: ExternalLink,
  save: FileDown,
  fail: OctagonX,
  film: Film,
  folder: FolderOpen,
  frameBack: StepBack,
  frameOn: StepForward,
  fullscreen: Maximize,
  fullscreenOff: Minimize,
  further: Shrink,
  hand: Hand,
  hide: EyeOff,
  import: Download,
  keys: Keyboard,
  lamp: Lightbulb,
  less: Minus,
  slower: ChevronsLeft,
  faster: ChevronsRight,
  library: LayoutGrid,
  light: Sun,
  link: Link,
  microphone: Mic,
  microphoneMissing: MicOff,
  mirror: FlipHorizontal2,
  more: Ellipsis,
  moveDown: ArrowDown,
  moveLeft: ArrowLeft,
  moveRight: ArrowRight,
  moveUp: ArrowUp,
  offline: WifiOff,
  online: Wifi,
  pass: CircleCheck,
  pause: Pause,
  person: UserRound,
  play: Play,
  record: CircleDot,
  repeat: RotateCw,
  retake: RotateCcw,
  right: ChevronRight,
  script: ScrollText,
  search: Search,
  settings: SlidersHorizontal,
  shield: ShieldCheck,
  shieldMissing: ShieldAlert,
  show: Eye,
  silent: VolumeX,
  sort: ArrowDownWideNarrow,
  sound: Volume2,
  speech: MessageSquare,
  start: SkipBack,
  textSize: ALargeSmall,
  train: UserPlus,
  turnLeft: Undo2,
  turnRight: Redo2,
  twins: Users,
  undo: Undo2,
  redo: Redo2,
  upload: Upload,
  voice: AudioLines,
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
