import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { here, route } from '../data/store.ts';
import { Mark, nodeAddress } from '../ui/basics.tsx';
import { type Branch, type TreeBy, treeOf } from './tree-data.ts';

const by = signal<TreeBy>('project');
const open = signal<ReadonlySet<string>>(new Set());

const CHOICES: readonly (readonly [TreeBy, string])[] = [
  ['project', 'Project'],
  ['database', 'Database'],
  ['tags', 'Tags'],
  ['owners', 'Owners'],
];

/** The project by folder, schema, tag or owner. Only what is open is drawn. */
export function Tree() {
  const { nodes, head } = here();
  const kind = by.value;
  const root = useMemo(() => treeOf(nodes, kind, head.project), [nodes, kind]);
  return (
    <>
      <div class="segmented" role="group" aria-label="Sorted by">
        {CHOICES.map(([key, label]) => (
          <button
            key={key}
            type="button"
            aria-pressed={kind === key}
            onClick={() => {
              by.value = key;
            }}
          >
            {label}
          </button>
        ))}
      </div>
      <nav class="tree" aria-label="Resources">
        {root.total === 0 ? <p class="soft">Nothing here.</p> : <Inner branch={root} kind={kind} isRoot />}
      </nav>
    </>
  );
}

function Inner({ branch, kind, isRoot = false }: { branch: Branch; kind: string; isRoot?: boolean }) {
  return (
    <ul class={isRoot ? 'root' : ''}>
      {branch.branches.map((one) => (
        <Folder key={one.path} branch={one} kind={kind} />
      ))}
      {branch.leaves.slice(0, MOST).map((index) => (
        <Leaf key={index} index={index} />
      ))}
      {branch.leaves.length > MOST ? (
        <li class="soft more">… {branch.leaves.length - MOST} more: search for them</li>
      ) : null}
    </ul>
  );
}

const MOST = 400;

function Folder({ branch, kind }: { branch: Branch; kind: string }) {
  const key = `${kind}${branch.path}`;
  const isOpen = open.value.has(key);
  const toggle = (): void => {
    const next = new Set(open.value);
    if (isOpen) next.delete(key);
    else next.add(key);
    open.value = next;
  };
  return (
    <li>
      <button type="button" class="folder" aria-expanded={isOpen} onClick={toggle}>
        <span class="chevron" aria-hidden="true" />
        <span class="folder-name">{branch.name}</span>
        <span class="count">{branch.total}</span>
      </button>
      {isOpen ? <Inner branch={branch} kind={kind} /> : null}
    </li>
  );
}

function Leaf({ index }: { index: number }) {
  const node = here().nodes[index];
  if (node === undefined) return null;
  const isHere = route.value.id === node.id;
  const name = node.type === 'source' ? node.name.split('.').slice(1).join('.') || node.name : node.name;
  return (
    <li>
      <a href={nodeAddress(node)} aria-current={isHere ? 'page' : undefined}>
        <Mark type={node.type} />
        {name}
      </a>
    </li>
  );
}
