/**
 * Imported before anything that holds a schema: zod otherwise tries whether it may compile code, which the
 * window's content security policy refuses and the console reports.
 */
import { config } from 'zod';

config({ jitless: true });
