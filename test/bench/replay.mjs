// A bare client: sends the statements of a plan over four connections, each node after its parents, and reads nothing.
// node replay.mjs plan.json; the plan is {url, user, password, nodes: [{id, parents, statements}]}.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

const THREADS = 4;
const { url, user, password, nodes } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const agent = new Agent({ keepAlive: true, maxSockets: THREADS });
const headers = { 'X-ClickHouse-User': user, 'X-ClickHouse-Key': password };

const waiting = new Map(nodes.map(({ id, parents }) => [id, new Set(parents)]));
const open = new Set(nodes.map(({ id }) => id));
const began = performance.now();
await Promise.all(Array.from({ length: THREADS }, work));
console.log((performance.now() - began) / 1000);
agent.destroy();

async function work() {
  while (open.size > 0) {
    const node = nodes.find(({ id }) => open.has(id) && waiting.get(id).size === 0);
    if (node === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      continue;
    }
    open.delete(node.id);
    for (const sql of node.statements) await send(sql);
    for (const parents of waiting.values()) parents.delete(node.id);
  }
}

function send(sql) {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/?database=syn&mutations_sync=3&alter_sync=3`, { method: 'POST', agent, headers });
    sent.on('error', reject);
    sent.on('response', (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`HTTP ${response.statusCode} for ${sql}`));
      });
    });
    sent.end(sql);
  });
}
