// A log line for people: the time of day, the level, the event, its fields, and below it the stack of what caused it.
import { z } from 'zod';

const cause = z.object({ name: z.string(), message: z.string(), stack: z.string().optional() });
const entry = z.looseObject({ level: z.string(), time: z.string(), msg: z.string(), cause: cause.optional() });

/** Turns a JSON log line into `12:30:59.123 INFO orderSettled order=7K2M9QX4T1BC`. */
export const prettyLine = (json: string): string => {
  const { level, time, msg, cause: why, ...fields } = entry.parse(JSON.parse(json));
  const words = [
    time.slice(11, 23),
    level.toUpperCase().padEnd(5),
    msg,
    ...Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`),
  ];
  const below = why === undefined ? '' : `${why.stack ?? `${why.name}: ${why.message}`}\n`;
  return `${words.join(' ')}\n${below}`;
};
