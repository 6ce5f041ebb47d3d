import { randomUUID } from 'node:crypto';
import type { WireRequest } from './wire.ts';

/** One statement under way. Sent a second time it has another id, so that the server's log tells the two apart. */
export class Sending {
  readonly ids: string[];
  request: WireRequest;

  constructor(request: WireRequest) {
    this.request = request;
    this.ids = [request.queryId];
  }

  renew(): void {
    this.request = { ...this.request, queryId: randomUUID() };
    this.ids.push(this.request.queryId);
  }
}
