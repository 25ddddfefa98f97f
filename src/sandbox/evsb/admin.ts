// The books and levers over HTTP, under /_sim/: for another process on the same machine.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { parseJson, readBody } from './body.ts';
import type { Books } from './books.ts';
import { snapshotNames } from './catalogue/snapshots.ts';
import type { Control } from './control.ts';
import { faultSchema } from './faults.ts';
import { switchesSchema } from './switches.ts';
import { tour } from './tour.ts';

type AdminAnswer = { status: number; json: unknown };

const faultsSchema = z.strictObject({ plan: z.array(faultSchema).default([]), mix: z.array(faultSchema).default([]) });
const snapshotSchema = z.strictObject({ name: z.enum(snapshotNames) });
/** Only the names are checked here; the values are checked together with the switches that stay. */
const switchPatchSchema = z.partialRecord(switchesSchema.keyof(), z.unknown());

const ok = (json: unknown): AdminAnswer => ({ status: 200, json });

/** Answers one admin request. A body that does not parse throws a zod error. */
const answerAdmin = (method: string, path: string, body: unknown, books: Books, control: Control): AdminAnswer => {
  switch (`${method} ${path}`) {
    case 'GET /_sim/books':
      return ok(books);
    case 'GET /_sim/tour':
      return ok(tour);
    case 'GET /_sim/switches':
      return ok(control.switches);
    case 'PUT /_sim/switches':
      control.setSwitches(switchesSchema.parse({ ...control.switches, ...switchPatchSchema.parse(body) }));
      return ok(control.switches);
    case 'GET /_sim/faults':
      return ok(control.faults);
    case 'POST /_sim/faults': {
      const { plan, mix } = faultsSchema.parse(body);
      control.planFaults(...plan);
      control.mixFaults(...mix);
      return ok(control.faults);
    }
    case 'DELETE /_sim/faults':
      control.clearFaults();
      return ok(control.faults);
    case 'POST /_sim/snapshot':
      control.useSnapshot(snapshotSchema.parse(body).name);
      return ok({ name: control.snapshot });
    default:
      return { status: 404, json: { error: `No admin endpoint ${method} ${path}` } };
  }
};

/** A page in a browser must not reach the levers through a name that resolves to loopback. */
const isAskedByLoopbackName = (host: string | undefined): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '');

export const serveAdmin = async (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  books: Books,
  control: Control,
): Promise<void> => {
  const text = await readBody(request);
  const isWriting = request.method === 'PUT' || request.method === 'POST';
  const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
  let answer: AdminAnswer;
  if (!isAskedByLoopbackName(request.headers.host)) answer = { status: 403, json: { error: 'Ask by 127.0.0.1 or localhost' } };
  else if (isWriting && !isJson) answer = { status: 415, json: { error: 'Send application/json' } };
  else {
    try {
      answer = answerAdmin(request.method ?? '', path, parseJson(text ?? ''), books, control);
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      answer = { status: 400, json: { error: z.prettifyError(error) } };
    }
  }
  response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer.json));
};
