import type { Event, NodeInfo } from '../model/index.ts';

/** Adds to events that name a node what was last said of it: its node_info and its thread. One per invocation. */
export function createAttribution(): (event: Event) => Event {
  const known = new Map<string, Pick<Event, 'thread'> & { readonly info: NodeInfo }>();
  return (event) => {
    const info = event.data['node_info'] as NodeInfo | undefined;
    if (info?.unique_id !== undefined) {
      if (event.name === 'NodeFinished') known.delete(info.unique_id);
      else known.set(info.unique_id, { info, ...(event.thread === undefined ? {} : { thread: event.thread }) });
      return event;
    }
    const last = event.node === undefined ? undefined : known.get(event.node);
    if (last === undefined) return event;
    const { thread } = last;
    return { ...event, ...(thread === undefined ? {} : { thread }), data: { ...event.data, node_info: last.info } };
  };
}
