import type { NodeDetail } from '../../format/detail.ts';
import { hasChunk } from '../data/chunks.ts';
import { detailOf, isTest } from '../data/model.ts';
import { here, route } from '../data/store.ts';
import { typeWord } from '../data/words.ts';
import { Loaded } from '../ui/async.tsx';
import { CopyButton, Html, Mark, nodeAddress, Status, type TabSpec, Tabs, Tag } from '../ui/basics.tsx';
import { Columns } from './node/columns.tsx';
import { MiniLineage } from './node/mini-lineage.tsx';
import { NodeRuns } from './node/runs.tsx';
import { Config, Facts, Sql, Storage, Tests, UsedBy } from './node/tabs.tsx';
import { Age } from './sources.tsx';
import { SyncState } from './syncs.tsx';

/** Everything about one resource. */
export function NodePage({ index }: { readonly index: number }) {
  const { nodes } = here();
  const node = nodes[index];
  if (node === undefined) return null;
  return (
    <article class="page">
      <p class="crumbs">
        <Mark type={node.type} /> {typeWord(node.type)}
        {node.folder === '' ? '' : ` · ${node.folder}`}
        {node.package === here().head.project ? '' : ` · package ${node.package}`}
      </p>
      <div class="title">
        <h1>{node.name}</h1>
        <Status status={node.status} />
      </div>
      <Loaded of={node.id} load={() => detailOf(here(), index)}>
        {(detail) => <Body index={index} detail={detail} />}
      </Loaded>
    </article>
  );
}

function Body({ index, detail }: { readonly index: number; readonly detail: NodeDetail }) {
  const { nodes, children } = here();
  const node = nodes[index];
  if (node === undefined) return null;
  const tests = (children[index] ?? []).filter((child) => nodes[child] !== undefined && isTest(nodes[child]));
  const tabs = tabsOf(detail, tests.length, index);
  const wanted = route.value.params['tab'] ?? (route.value.params['line'] ? 'sql' : '');
  const current = tabs.find(({ key }) => key === wanted)?.key ?? tabs[0]?.key ?? '';
  return (
    <>
      <p class="facts-line">
        {detail.label === '' ? null : <strong>{detail.label}</strong>}
        {detail.relation === '' ? null : (
          <span>
            <code>{detail.relation.replaceAll('`', '')}</code> <CopyButton text={detail.relation} what="Name" />
          </span>
        )}
        {node.materialized === '' ? null : <Tag>{node.materialized}</Tag>}
        {detail.version === '' ? null : <Tag>version {detail.version}</Tag>}
        {detail.access === '' ? null : <Tag>{detail.access}</Tag>}
        {detail.contract ? <Tag>contract</Tag> : null}
        {node.tags.map((tag) => (
          <Tag key={tag}>#{tag}</Tag>
        ))}
        {detail.owner === '' ? null : <span class="soft">owned by {detail.owner}</span>}
      </p>
      <Html html={detail.descriptionHtml} />
      {node.rank >= 0 ? <MiniLineage index={index} /> : null}
      <Facts facts={detail.facts} />
      {node.type === 'sync' ? <SyncState id={node.id} /> : null}
      {detail.freshness === undefined ? null : (
        <p>
          <Status status={detail.freshness.status} /> <Age one={detail.freshness} />
        </p>
      )}
      <Tabs tabs={tabs} current={current} label="Parts of this page" />
      <section class="tab">
        {current === 'columns' ? <Columns detail={detail} index={index} /> : null}
        {current === 'sql' ? <Sql detail={detail} /> : null}
        {current === 'tests' ? <Tests tests={tests} /> : null}
        {current === 'runs' ? <NodeRuns index={index} /> : null}
        {current === 'storage' ? <Storage detail={detail} /> : null}
        {current === 'config' ? <Config detail={detail} /> : null}
        {current === 'used' ? <UsedBy index={index} /> : null}
      </section>
    </>
  );
}

function tabsOf(detail: NodeDetail, tests: number, index: number): TabSpec[] {
  const { nodes, children } = here();
  const node = nodes[index];
  if (node === undefined) return [];
  const all: (readonly [string, string, boolean, number?])[] = [
    ['columns', 'Columns', detail.columns.length > 0, detail.columns.length],
    ['sql', node.type === 'macro' ? 'Code' : 'SQL', detail.raw !== '' || detail.compiled !== ''],
    ['tests', 'Tests', tests > 0, tests],
    ['runs', 'Runs', hasChunk('hist') && node.status !== ''],
    ['storage', 'Storage', detail.storage !== undefined],
    ['config', 'Config', detail.config.length > 0 || detail.meta.length > 0],
    ['used', 'Used by', node.type !== 'macro', (children[index] ?? []).length - tests],
  ];
  return all
    .filter(([, , isThere]) => isThere)
    .map(([key, label, , count]) => ({ key, label, count, href: nodeAddress(node, { tab: key }) }));
}
