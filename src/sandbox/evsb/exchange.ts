// One request from the first byte to the last: fault, gate, handler, and what is put on the wire.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { refusal, rootFailure } from './answers.ts';
import type { Answer } from './answers.ts';
import { isAuthentic } from './authentication.ts';
import type { Credentials } from './authentication.ts';
import { isAcceptable, parseJson, readBody } from './body.ts';
import type { SeenRequest } from './books.ts';
import type { Control } from './control.ts';
import { convertParameters, endpoints, findEndpoint } from './endpoints.ts';
import type { ConvertedParameters, EndpointName, PathParameters } from './endpoints.ts';
import type { Fault, FaultPlan } from './faults.ts';
import { handlers } from './routes.ts';
import type { Simulation } from './simulation.ts';
import { reset, writeError, writeThroughFault } from './wire.ts';
import type { Exchange } from './wire.ts';

export type Front = {
  simulation: Simulation;
  credentials: Credentials;
  faults: FaultPlan;
  control: Control;
  closing: AbortSignal;
};

type Gate = { ok: true; parameters: ConvertedParameters; body: unknown } | { ok: false; status: number };

const turnAway = (status: number): Gate => ({ ok: false, status });

/** Everything that is checked before the meaning of a request is, in the supplier's order. */
const passGate = (
  request: IncomingMessage,
  found: { name: EndpointName; parameters: PathParameters },
  bodyText: string | null,
  { simulation, credentials }: Front,
): Gate => {
  const { method } = endpoints[found.name];
  const switches = simulation.switches();
  const isPing = found.name === 'ping';
  if (request.method !== method) return turnAway(405);
  const isJson = request.headers['content-type']?.toLowerCase().startsWith('application/json') ?? false;
  if (method === 'POST' && !isJson) return turnAway(415);
  if (!isPing && !isAcceptable(request.headers.accept)) return turnAway(406);
  const isIdentified = isAuthentic(request.headers, credentials, simulation.now());
  if (!isIdentified && (!isPing || switches.pingNeedsAuthentication)) return turnAway(switches.authFailureStatus);
  const parameters = convertParameters(found.parameters);
  if (!parameters) return turnAway(400);
  return { ok: true, parameters, body: bodyText === null ? undefined : parseJson(bodyText) };
};

/** Faults that strike before the request is processed. Returns false when nothing is left to do. */
const strikeFirst = async (fault: Fault | null, exchange: Exchange, front: Front): Promise<boolean> => {
  switch (fault?.kind) {
    case 'latency':
      await sleep(fault.ms, undefined, { signal: front.closing });
      return !exchange.request.socket.destroyed;
    case 'serverGoesOn':
      await sleep(fault.ms, undefined, { signal: front.closing });
      return true;
    case 'priceMoved': {
      const key = fault.operatorId === undefined ? '*' : String(fault.operatorId);
      front.control.setSwitches({ rateFactors: { ...front.control.switches.rateFactors, [key]: fault.factor } });
      return true;
    }
    case 'invoicesMoved':
      front.control.setSwitches({ invoiceSurchargeX100: fault.surchargeX100 });
      return true;
    case 'dropBefore':
      reset(exchange);
      return false;
    case 'hang':
      return false;
    case 'status500Before':
      writeError(500, exchange);
      return false;
    case 'status429':
      exchange.response.setHeader('Retry-After', '1');
      writeError(429, exchange);
      return false;
    case 'burst401':
      writeError(401, exchange);
      return false;
    default:
      return true;
  }
};

/** Recharge products of no account: the one path below the sales trees whose failure is 500. */
const productsOfNobody = /^\/pre-paid\/recharge\/products(\/[^/]*){0,3}$/;

/** The status of a path that leads nowhere: below the two sales trees it is 404, elsewhere 500. */
const statusOfUnknownPath = (path: string): number =>
  /^\/(pre|post)-paid\//.test(path) && !productsOfNobody.test(path) ? 404 : 500;

const operatorIdOf = (parameters: PathParameters): number | null => {
  const operatorId = Number(parameters.get('operatorId') ?? NaN);
  return Number.isInteger(operatorId) ? operatorId : null;
};

/** Serves one request of the supplier's API. Rejects with an AbortError when the simulator closes meanwhile. */
export const serveApi = async (request: IncomingMessage, response: ServerResponse, path: string, front: Front): Promise<void> => {
  const { simulation } = front;
  const found = findEndpoint(path);
  const fault = found && front.faults.pick(found.name, operatorIdOf(found.parameters));
  const seen: SeenRequest = {
    method: request.method ?? '',
    path,
    endpoint: found?.name ?? null,
    status: null,
    fault: fault?.kind ?? null,
    at: simulation.now(),
  };
  simulation.keeper.see(seen);
  response.setHeader('Date', new Date(seen.at).toUTCString());
  const exchange: Exchange = { request, response, seen, closing: front.closing };

  const bodyText = await readBody(request);
  if (!found) {
    writeError(statusOfUnknownPath(path), exchange);
    return;
  }
  if (!(await strikeFirst(fault, exchange, front))) return;

  const gate = passGate(request, found, bodyText, front);
  if (!gate.ok) {
    writeError(gate.status, exchange);
    return;
  }
  const { movesMoney, failsAtRoot } = endpoints[found.name];
  const call = { path, parameters: gate.parameters, body: gate.body, fault };
  let answer: Answer;
  if (fault?.kind !== 'resultCode' || movesMoney) answer = handlers[found.name](call, simulation);
  else if (failsAtRoot) answer = rootFailure(fault.code, simulation.switches());
  else answer = refusal(fault.code, operatorIdOf(found.parameters), simulation.switches());
  await writeThroughFault(answer, fault, exchange);
};
