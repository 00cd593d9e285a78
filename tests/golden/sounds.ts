/** Makes the windows of sound that the golden vectors describe. */
import { z } from 'zod';

const ChannelSchema = z.strictObject({
  /** A sine of this height and pitch. */
  amplitude: z.number(),
  hertz: z.number(),
  /** Added to every sample. */
  offset: z.number().default(0),
  /** Samples of this span, in seconds, are divided by 100. */
  gap: z.tuple([z.number(), z.number()]).optional(),
});

export const SoundSchema = z.strictObject({
  seconds: z.number(),
  channels: z.array(ChannelSchema),
});
export type Sound = z.infer<typeof SoundSchema>;

const SAMPLE_RATE = 48_000;

export function makeSound({ seconds, channels }: Sound): Float32Array[] {
  return channels.map(({ amplitude, hertz, offset, gap }) =>
    Float32Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_unused, index) => {
      const at = index / SAMPLE_RATE;
      const inGap = gap !== undefined && at >= gap[0] && at < gap[1];
      const value = offset + amplitude * Math.sin(2 * Math.PI * hertz * at);
      return Math.max(-1, Math.min(1, inGap ? value / 100 : value));
    }),
  );
}
