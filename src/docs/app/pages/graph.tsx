import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { LineageData } from '../../format/lineage.ts';
import { chunkData, hasChunk } from '../data/chunks.ts';
import { isTyping } from '../data/keys.ts';
import { isTest, type Model } from '../data/model.ts';
import { here } from '../data/store.ts';
import { plural } from '../data/words.ts';
import { GraphCanvas } from '../graph/canvas.tsx';
import { Export } from '../graph/export-buttons.tsx';
import { drawingOf, type Edge, type GroupBy } from '../graph/items.ts';
import { type Lens, looksOf } from '../graph/lens.ts';
import { GraphList } from '../graph/list.tsx';
import { type Depths, neighbourhood, readableDepths } from '../graph/neighbourhood.ts';
import type { Picture } from '../graph/paint.ts';
import { placesOf } from '../graph/place.ts';
import { type Choice, choose } from '../graph/selection.ts';
import { Toolbar } from '../graph/toolbar.tsx';
import { columnDrawing, withColumns } from '../lineage/drawing.ts';
import { Way } from '../lineage/way.tsx';
import { Empty, Problem, useLoaded } from '../ui/async.tsx';
import { nodeAddress } from '../ui/basics.tsx';

type Params = Readonly<Record<string, string>>;

/** Beyond so many nodes, the map starts with groups. */
const UNGROUPED = 150;

/** The lineage: of a node's neighbourhood, of what selectors choose, or of everything. */
export function GraphPage({ params }: { readonly params: Params }) {
  const model = here();
  const include = params['g_i'] ?? '';
  const exclude = params['g_e'] ?? '';
  const isChosen = include !== '' || exclude !== '';
  const { value, problem } = useLoaded<Choice | undefined>(`${include}|${exclude}`, async () =>
    isChosen ? choose(model, include, exclude) : undefined,
  );
  const focus = model.byId.get(params['focus'] ?? '') ?? -1;
  const view = useMemo(() => viewOf(model, params, focus, value?.shown), [model, params, focus, value]);
  return (
    <div class="graph-page">
      <h1 class="sr">Lineage</h1>
      <Toolbar params={params} focus={focus} depths={view.depths} by={view.by} />
      {problem === undefined ? null : <Problem text={problem} />}
      {params['focus'] && focus < 0 ? <Problem text={`${params['focus']} is not in this project.`} /> : null}
      {(value?.warnings ?? []).map((text) => (
        <Problem key={text} text={text} />
      ))}
      {isChosen && value === undefined && problem === undefined ? (
        <p class="soft">Selecting …</p>
      ) : (
        <Drawn view={view} params={params} focus={focus} others={value?.others ?? 0} />
      )}
    </div>
  );
}

interface View {
  readonly shown: readonly number[];
  readonly by: GroupBy;
  readonly depths: Depths | undefined;
}

function viewOf(model: Model, params: Params, focus: number, chosen: readonly number[] | undefined): View {
  const { nodes, children, onMap } = model;
  let depths: View['depths'];
  let shown = chosen;
  if (shown === undefined && focus >= 0 && focus < onMap) {
    const readable = readableDepths(nodes, children, focus);
    depths = { up: Number(params['up'] ?? readable.up), down: Number(params['down'] ?? readable.down) };
    shown = neighbourhood(nodes, children, focus, depths);
  }
  shown ??= Array.from({ length: onMap }, (_, index) => index);
  const wanted = params['group'] as GroupBy | undefined;
  return { shown, by: wanted ?? (shown.length > UNGROUPED ? 'folder' : 'none'), depths };
}

function Drawn({
  view,
  params,
  focus,
  others,
}: {
  readonly view: View;
  readonly params: Params;
  readonly focus: number;
  readonly others: number;
}) {
  const model = here();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const lens = (params['lens'] as Lens | undefined) ?? 'type';
  const column = params['col'] ?? '';
  const isWithColumns = params['cols'] === '1' || column !== '';
  const lineage = useLoaded<LineageData | undefined>(`lineage ${isWithColumns}`, async () =>
    isWithColumns && hasChunk('lineage') ? chunkData<LineageData>('lineage') : undefined,
  ).value;
  const drawing = useMemo(() => {
    if (lineage !== undefined && column !== '' && focus >= 0)
      return columnDrawing(model, lineage, { node: focus, column });
    const boxes = drawingOf(model.nodes, model.children, view.shown, view.by, open);
    return lineage !== undefined && boxes.items.length <= UNGROUPED ? withColumns(boxes, lineage) : boxes;
  }, [view.shown, view.by, open, lineage, column, focus]);
  const [edge, setEdge] = useState<Edge>();
  useEffect(() => setEdge(undefined), [drawing]);
  useGroupKey(() => setOpen(new Set()));
  const isWhole = drawing.items.length === model.onMap && view.by === 'none' && model.onMap > 400;
  const places = useMemo(() => placesOf(drawing, model.nodes, isWhole), [drawing]);
  const looks = useMemo(
    () => looksOf(drawing.items, lens, { nodes: model.nodes, tests: (index) => testsOf(model, index) }),
    [drawing, lens],
  );
  const picture = useRef<Picture>(undefined);
  const onOpen = (at: number, row: number): void => {
    const item = drawing.items[at];
    if (item === undefined) return;
    const node = model.nodes[item.node];
    if (node !== undefined) location.hash = nodeAddress(node, row < 0 ? {} : { tab: 'columns', col: item.rows[row] });
    else setOpen(new Set([...open, item.label]));
  };
  if (drawing.items.length === 0) return <Empty>There is nothing to draw. Choose something else above.</Empty>;
  const focusItem = drawing.items.findIndex(({ node }) => node === focus && focus >= 0);
  const said = `${plural(view.shown.length, 'node')}${others === 0 ? '' : `, and ${plural(others, 'test')} that the map leaves out`}`;
  return (
    <>
      {params['view'] === 'list' ? (
        <GraphList drawing={drawing} onOpen={onOpen} />
      ) : (
        <GraphCanvas
          drawing={drawing}
          places={places}
          looks={looks}
          focus={focusItem}
          label={`Lineage of ${said}`}
          onOpen={onOpen}
          onEdge={(at) => setEdge(drawing.edges[at])}
          onReady={(made) => {
            picture.current = made;
          }}
        />
      )}
      {edge === undefined || lineage === undefined ? null : <Way drawing={drawing} edge={edge} lineage={lineage} />}
      <footer class="graph-foot">
        <span>{said}</span>
        {open.size === 0 ? null : (
          <button type="button" class="quiet" onClick={() => setOpen(new Set())}>
            close groups
          </button>
        )}
        <Export drawing={drawing} picture={() => picture.current} />
      </footer>
    </>
  );
}

/** `x` closes the groups that were opened. */
function useGroupKey(close: () => void): void {
  useEffect(() => {
    const onKey = ({ key, ctrlKey, metaKey, target }: KeyboardEvent): void => {
      if (key === 'x' && !ctrlKey && !metaKey && !isTyping(target)) close();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function testsOf(model: Model, index: number): number {
  return (model.children[index] ?? []).filter((one) => {
    const node = model.nodes[one];
    return node !== undefined && isTest(node);
  }).length;
}
